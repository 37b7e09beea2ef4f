using Mom.Messaging.Topology;

namespace Mom.Messaging.Retries;

/// <summary>How long a failed message waits before its next attempt: its queue's delays, each with jitter.</summary>
internal static class RetrySchedule
{
    /// <summary>How much longer than configured a delay may be, so that what failed together does not come back together.</summary>
    internal const double Jitter = 0.2;

    /// <summary>How often a message is handled before it becomes a dead letter.</summary>
    public static int MaxAttempts(QueueDefinition queue) => queue.RetryDelays.Count + 1;

    /// <summary>The delay after a failed attempt.</summary>
    /// <param name="queue">Whose delays.</param>
    /// <param name="attempt">Which attempt failed, from 1, below <see cref="MaxAttempts"/>.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan DelayAfter(QueueDefinition queue, int attempt, double random) => DelayAfter(queue.RetryDelays, attempt, random);

    /// <summary>The same of other delays.</summary>
    public static TimeSpan DelayAfter(IReadOnlyList<TimeSpan> delays, int attempt, double random) => delays[attempt - 1] * (1 + (Jitter * random));
}
