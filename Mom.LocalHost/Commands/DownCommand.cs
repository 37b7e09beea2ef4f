using Mom.LocalHost.Output;
using Mom.LocalHost.Processes;
using Mom.LocalHost.State;

namespace Mom.LocalHost.Commands;

/// <summary><c>down</c>: stops the host, waits for it, and sees to it that no process is left.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public static async Task<int> RunAsync(Options options)
    {
        var state = new StateDirectory(options.ToSystem().EffectiveStateDirectory);
        var living = HostRecord.Living(state);
        if (living is not null)
            await StopHostAsync(living);

        // Whoever holds the lock may end what is left. To get it means that the host is gone.
        using var _ = HostLock.Take(state);
        var leftovers = new Leftovers(state, new ProcessRecords(state));
        var ended = await leftovers.EndAsync();
        HostRecord.Delete(state);
        ConsoleOutput.Say((living, ended) switch
        {
            (not null, 0) => "Down: no process is left.",
            (_, > 0) => $"Down: ended {ended} processes that a killed host had left behind.",
            _ => "Nothing is running.",
        });
        return ExitCodes.Success;
    }

    private static async Task StopHostAsync(HostRecord host)
    {
        ConsoleOutput.Say($"Stopping the host (process {host.Pid}) and all that it runs.");
        Signal.Terminate.Send(host.Pid);
        var deadline = DateTimeOffset.UtcNow + Limit;
        while (ProcessTable.Find(host.Pid) is { IsAlive: true } entry && entry.Started == host.Started)
        {
            if (DateTimeOffset.UtcNow > deadline)
                Signal.Kill.Send(host.Pid);
            // Not our child: the kernel does not tell us of its end.
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }
}
