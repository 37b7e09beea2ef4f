using Mom.Hosting.NativeServers.Processes;

namespace Mom.Hosting.NativeServers;

/// <summary>Processes of a server that outlived the orchestrator because all of it was killed. Only who holds the data directory may touch them.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Ends them: first by asking, as a server wants to close its files, then by SIGKILL.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> EndAsync(NativeServerResource server, CancellationToken cancellationToken)
    {
        var first = server.Processes;
        foreach (var process in first)
        {
            Signal.Continue.Send(process);
            server.StopSignal.Send(process);
        }

        var deadline = DateTimeOffset.UtcNow + Patience;
        while (server.Processes is { Count: > 0 } rest)
        {
            if (DateTimeOffset.UtcNow > deadline)
                rest.ToList().ForEach(process => Signal.Kill.Send(process));

            // They are not our children: the kernel tells us nothing of their end, so we have to look.
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        return first.Count;
    }
}
