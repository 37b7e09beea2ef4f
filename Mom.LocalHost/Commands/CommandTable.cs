namespace Mom.LocalHost.Commands;

/// <summary>Which command does what. <c>./mom</c> is in front of it and does the set-up and the help.</summary>
internal static class CommandTable
{
    private static readonly Dictionary<string, Func<Options, Task<int>>> Commands = new(StringComparer.Ordinal)
    {
        ["up"] = UpCommand.RunAsync,
        ["down"] = DownCommand.RunAsync,
        ["status"] = StatusCommand.RunAsync,
        ["stop"] = ResourceCommand.StopAsync,
        ["start"] = ResourceCommand.StartAsync,
        ["restart"] = ResourceCommand.RestartAsync,
        ["rebuild"] = RebuildCommand.RunAsync,
        ["scale"] = ResourceCommand.ScaleAsync,
        ["reset"] = ResetCommand.RunAsync,
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        try
        {
            var options = Options.Parse(arguments);
            return Commands.TryGetValue(options.Command, out var command)
                ? await command(options)
                : throw new UsageException($"There is no command {options.Command}: see ./mom help");
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
