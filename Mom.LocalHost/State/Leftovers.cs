using Mom.LocalHost.Processes;

namespace Mom.LocalHost.State;

/// <summary>Processes that outlived their host because it was killed. Only who holds the <see cref="HostLock"/> may touch them.</summary>
internal sealed class Leftovers(StateDirectory state, ProcessRecords records)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Everything of ours that is alive.</summary>
    public IReadOnlyList<ProcessEntry> Find()
    {
        var leaders = records.Living().Select(record => record.Pid).ToHashSet();
        var found = leaders.SelectMany(pid => ProcessTree.Members(pid, new Mark(state.Root, Unit: null)))
            .Concat(new Mark(state.Root, Unit: null).Pids().Select(ProcessTable.Find).OfType<ProcessEntry>().Where(entry => entry.IsAlive));
        return [.. found.DistinctBy(entry => entry.Pid).Where(entry => entry.Pid != Environment.ProcessId)];
    }

    /// <summary>Ends them: first by asking, as servers want to close their files, then by SIGKILL.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> EndAsync()
    {
        var first = Find();
        foreach (var entry in first)
        {
            Signal.Continue.Send(entry.Pid);
            // Postgres takes SIGTERM for "when the last client has left" and SIGINT for "now".
            var isPostgres = ProcessTable.CommandLine(entry.Pid).Contains("/postgres ", StringComparison.Ordinal);
            (isPostgres ? Signal.Interrupt : Signal.Terminate).Send(entry.Pid);
        }

        var deadline = DateTimeOffset.UtcNow + Patience;
        while (Find() is { Count: > 0 } rest)
        {
            if (DateTimeOffset.UtcNow > deadline)
                rest.ToList().ForEach(entry => Signal.Kill.Send(entry.Pid));

            // They are not our children: the kernel tells us nothing of their end, so we have to look.
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        records.Clear();
        return first.Count;
    }
}
