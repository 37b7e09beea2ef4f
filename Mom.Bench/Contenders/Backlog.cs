using Mom.Bench.Measuring;

namespace Mom.Bench.Contenders;

/// <summary>The work that waits in a queue while somebody asks.</summary>
internal static class Backlog
{
    /// <summary>As the queues of the db worker have it.</summary>
    public const ushort Concurrency = 4;

    /// <summary>As the queues of the db worker have it: a request waits for at most so many others.</summary>
    public const ushort Prefetch = 8;

    /// <summary>How long one message takes: waiting, no computing.</summary>
    public static readonly TimeSpan Work = TimeSpan.FromMilliseconds(5);

    /// <summary>Makes sure that every message of the backlog was either handled or is still there.</summary>
    /// <exception cref="MiscountException">They do not add up.</exception>
    public static void Verify(int backlog, int worked, long left)
    {
        if (worked + left != backlog)
        {
            throw new MiscountException($"Of a backlog of {backlog} messages {worked} were handled and {left} are left.");
        }
    }
}
