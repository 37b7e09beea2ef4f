using Mom.LocalHost.Control;
using Mom.LocalHost.Output;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Commands;

/// <summary>Runs the system until it is told to stop, in the foreground or detached.</summary>
internal static class Host
{
    public static async Task<int> RunAsync(Options options, Action<string> say, Action<LocalSystem> ready, Action<OutputLine>? output)
    {
        using var stop = new StopRequest();
        var progress = new DirectProgress(say);
        await using var system = new LocalSystem(options.ToSystem() with { Output = output });
        HostRecord.Write(system.State, options.DataOnly, options.PortOffset);
        try
        {
            await using var control = await ControlServer.StartAsync(system);
            await system.StartAsync(progress, stop.Requested);
            ready(system);
            await Task.Delay(Timeout.Infinite, stop.Requested).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCodes.Success;
        }
        catch (OperationCanceledException) when (stop.Requested.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }
        catch (LocalHostException e)
        {
            Failure.Tell(e, say);
            return ExitCodes.Failure;
        }
        finally
        {
            await StopAsync(system, progress, stop);
            HostRecord.Delete(system.State);
        }
    }

    private static async Task StopAsync(LocalSystem system, IProgress<string> progress, StopRequest stop)
    {
        if (stop.Requested.IsCancellationRequested)
            progress.Report("Stopping everything; once more to kill it.");
        var stopping = system.StopAsync(progress);
        await Task.WhenAny(stopping, Task.Delay(Timeout.Infinite, stop.Insisted));
        if (stop.Insisted.IsCancellationRequested)
            await system.KillAllAsync();
        await stopping;
    }

    // Progress<T> would hand each message to another thread: they could overtake each other.
    private sealed class DirectProgress(Action<string> say) : IProgress<string>
    {
        public void Report(string value) => say(value);
    }
}
