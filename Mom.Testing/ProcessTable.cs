using System.Diagnostics;

namespace Mom.Testing;

/// <summary>What the kernel says of processes that are not ours.</summary>
internal static class ProcessTable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether none of its threads runs any more: SIGSTOP reaches them one by one, and one that has not been reached still answers. Where there is no
    /// <c>/proc</c> nobody can tell, and it is taken for stopped.
    /// </summary>
    public static bool IsStopped(int pid)
    {
        try
        {
            // "pid (name) T ...", with any characters in the name: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
            return Directory.EnumerateDirectories($"/proc/{pid}/task")
                .Select(thread => File.ReadAllText(Path.Combine(thread, "stat")))
                .All(stat => stat[stat.LastIndexOf(')') + 2] is 'T' or 't' or 'Z' or 'X');
        }
        catch (IOException)
        {
            // It ended, or one of its threads did: then the next look tells.
            return !Directory.Exists($"/proc/{pid}/task");
        }
    }

    /// <summary>Waits until none of them is left. They are not our children: the kernel tells us nothing of their end, so we have to look.</summary>
    public static async Task UntilEndedAsync(IEnumerable<int> pids, CancellationToken cancellationToken)
    {
        foreach (var pid in pids)
        {
            while (IsAlive(pid))
                await Task.Delay(Interval, cancellationToken);
        }
    }
}
