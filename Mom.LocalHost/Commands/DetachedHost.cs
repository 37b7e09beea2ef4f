using System.Diagnostics;
using Mom.LocalHost.Control;
using Mom.LocalHost.Output;
using Mom.LocalHost.Processes;
using Mom.LocalHost.Services;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Commands;

/// <summary>
/// A host in the background. The two processes speak over a pipe: the host writes its progress into it, line by line, and at
/// last one word that says how it went. If the host dies the pipe ends. Nobody has to look again and again.
/// </summary>
internal static class DetachedHost
{
    private const string Ready = "@ready";

    // A session of its own outlives the terminal; what the runtime itself has to say at a crash goes into a file.
    private const string Start = "exec setsid \"$@\" </dev/null 2>>\"$0\"";
    private const string StartWithoutSetsid = "exec perl -MPOSIX -e 'POSIX::setsid(); exec @ARGV or die $!' -- \"$@\" </dev/null 2>>\"$0\"";

    /// <summary>In the background process.</summary>
    public static Task<int> RunAsync(Options options) =>
        Host.RunAsync(options, Console.Out.WriteLine, _ => Console.Out.WriteLine(Ready), output: null);

    /// <summary>In the foreground process: starts the other and returns when everything is healthy, or when it failed.</summary>
    public static async Task<int> StartAsync(Options options, StateDirectory state)
    {
        using var stop = new StopRequest();
        using var process = Process.Start(Command(options, state)) ?? throw new LocalHostException("The host could not be started.");
        await using var forwarding = stop.Requested.Register(() => Signal.Terminate.Send(process.Id));
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == Ready)
                return await GreetAsync(state);
            ConsoleOutput.Say(line);
        }

        await process.WaitForExitAsync();
        if (process.ExitCode > ExitCodes.Failure)
            ConsoleOutput.Say($"The host ended with exit code {process.ExitCode}; see {state.HostLog}");
        return ExitCodes.Failure;
    }

    private static async Task<int> GreetAsync(StateDirectory state)
    {
        using var client = new ControlClient(state);
        UpCommand.Greet((await client.StatusAsync()).Resources, state);
        ConsoleOutput.Say("Runs in the background. Look: ./mom status, ./mom logs SERVICE -f. Stop it: ./mom down");
        return ExitCodes.Success;
    }

    private static ProcessStartInfo Command(Options options, StateDirectory state)
    {
        List<string> arguments =
        [
            "-c", OperatingSystem.IsLinux() ? Start : StartWithoutSetsid, state.HostLog,
            DotnetMuxer.Path, Path.Combine(AppContext.BaseDirectory, "Mom.LocalHost.dll"), "up", "--as-detached-host",
            "--port-offset", $"{options.PortOffset}", "--state", state.Root,
        ];
        if (options.DataOnly)
            arguments.Add("--data-only");
        if (options.Only is { } only)
            arguments.AddRange(["--only", string.Join(',', only)]);
        if (options.NoDashboard)
            arguments.Add("--no-dashboard");
        if (options.Screens)
            arguments.Add("--screens");
        return new ProcessStartInfo("/bin/sh", arguments) { UseShellExecute = false, RedirectStandardOutput = true };
    }
}
