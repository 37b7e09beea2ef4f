namespace Mom.LocalHost.Processes;

/// <summary>
/// A process and all that came from it. A group alone is not enough: each backend of Postgres and each port program of
/// Erlang makes a session of its own, so parents, groups, sessions and the mark in the environment are looked at together.
/// </summary>
internal static class ProcessTree
{
    /// <summary>Everything alive under the leader, the leader itself first, when it is alive.</summary>
    /// <param name="leader">The process that was started, leader of its session.</param>
    /// <param name="mark">The environment entry that it was started with, see <see cref="Mark"/>.</param>
    public static IReadOnlyList<ProcessEntry> Members(int leader, Mark mark)
    {
        var alive = ProcessTable.Snapshot().Where(entry => entry.IsAlive).ToList();
        return Members(leader, alive, mark.Pids());
    }

    internal static IReadOnlyList<ProcessEntry> Members(int leader, IReadOnlyList<ProcessEntry> alive, IReadOnlySet<int> marked)
    {
        var members = alive
            .Where(entry => entry.Pid == leader || entry.Group == leader || entry.Session == leader || marked.Contains(entry.Pid))
            .ToDictionary(entry => entry.Pid);
        var children = alive.ToLookup(entry => entry.Parent);
        var pending = new Queue<int>(members.Keys.Append(leader));
        while (pending.TryDequeue(out var parent))
        {
            foreach (var child in children[parent].Where(child => members.TryAdd(child.Pid, child)))
                pending.Enqueue(child.Pid);
        }

        return [.. members.Values.OrderBy(entry => entry.Pid != leader)];
    }

    /// <summary>Sends the signal to the leader and then to all others, again and again until no new member turns up.</summary>
    public static void Send(Signal signal, int leader, Mark mark)
    {
        var reached = new HashSet<int>();
        while (true)
        {
            var news = Members(leader, mark).Where(entry => reached.Add(entry.Pid)).ToList();
            if (news.Count == 0)
                return;

            news.ForEach(entry => signal.Send(entry.Pid));
        }
    }
}
