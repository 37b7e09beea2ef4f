namespace Mom.LocalHost.Commands;

/// <summary>Which command does what. <c>./mom</c> is in front of it and does the set-up and the help.</summary>
internal static class CommandTable
{
    private static readonly Dictionary<string, (int Operands, Func<Options, Task<int>> RunAsync)> Commands = new(StringComparer.Ordinal)
    {
        ["up"] = (0, UpCommand.RunAsync),
        ["down"] = (0, DownCommand.RunAsync),
        ["status"] = (0, StatusCommand.RunAsync),
        ["env"] = (1, EnvCommand.RunAsync),
        ["stop"] = (1, ResourceCommand.StopAsync),
        ["start"] = (1, ResourceCommand.StartAsync),
        ["restart"] = (1, ResourceCommand.RestartAsync),
        ["rebuild"] = (1, RebuildCommand.RunAsync),
        ["scale"] = (2, ResourceCommand.ScaleAsync),
        ["reset"] = (0, ResetCommand.RunAsync),
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        try
        {
            var options = Options.Parse(arguments);
            if (!Commands.TryGetValue(options.Command, out var command))
                throw new UsageException($"There is no command {options.Command}: see ./mom help");

            options.DemandNoMoreThan(command.Operands);
            return await command.RunAsync(options);
        }
        catch (LocalHostException e)
        {
            Failure.Tell(e, Console.Error.WriteLine);
            return e is UsageException ? ExitCodes.Usage : ExitCodes.Failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, a folder of somebody else's: the message names the file.
            await Console.Error.WriteLineAsync(Output.Palette.Bad(e.Message));
            return ExitCodes.Failure;
        }
    }
}
