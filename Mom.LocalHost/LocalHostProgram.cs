using Mom.LocalHost.Commands;

namespace Mom.LocalHost;

/// <summary>The local host as a program, for whoever has a <c>Main</c> of its own.</summary>
public static class LocalHostProgram
{
    /// <summary>Carries out one command of <c>./mom</c>, such as <c>up --data-only</c>, and returns when it is done.</summary>
    /// <param name="arguments">The command and its options. With options alone, or with nothing, the command is <c>up</c>.</param>
    /// <returns>The exit code: 0 done, 1 failed, 2 the arguments make no sense, 3 (of <c>status</c>) nothing runs.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (OperatingSystem.IsWindows())
        {
            await Console.Error.WriteLineAsync("The local host needs Linux or macOS. On Windows use Mom.AppHost with Docker Desktop, or WSL.");
            return ExitCodes.Failure;
        }

        return await CommandTable.RunAsync(arguments is [] or [['-', ..], ..] ? ["up", .. arguments] : arguments);
    }
}
