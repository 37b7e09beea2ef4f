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
