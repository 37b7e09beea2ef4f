using Mom.LocalHost.Commands;

if (OperatingSystem.IsWindows())
{
    Console.Error.WriteLine("The local host needs Linux or macOS. On Windows use Mom.AppHost with Docker Desktop, or WSL.");
    return ExitCodes.Failure;
}

return await CommandTable.RunAsync(args);
