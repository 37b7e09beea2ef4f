using Mom.Contracts.Operations;

namespace Mom.Panel.Admin.Feed;

/// <summary>The figures of the system, with their time.</summary>
/// <param name="Overview">The latest figures; <see langword="null"/> before the first.</param>
/// <param name="At">The time of the figures.</param>
/// <param name="Error">The error of the latest request; <see langword="null"/> after a success.</param>
/// <param name="History">The samples of the last minutes by the queue's name, the oldest first.</param>
public sealed record AdminSnapshot(
    SystemOverview? Overview, DateTimeOffset? At, string? Error, IReadOnlyDictionary<string, IReadOnlyList<QueueSample>> History)
{
    /// <summary>Samples kept of a queue: five minutes.</summary>
    public const int Kept = 150;

    public static AdminSnapshot None { get; } = new(null, null, null, new Dictionary<string, IReadOnlyList<QueueSample>>(StringComparer.Ordinal));

    public IReadOnlyList<QueueSample> HistoryOf(string queue) => History.GetValueOrDefault(queue) ?? [];

    /// <summary>The snapshot that follows this one.</summary>
    public AdminSnapshot With(SystemOverview overview, DateTimeOffset now)
    {
        var history = new Dictionary<string, IReadOnlyList<QueueSample>>(History, StringComparer.Ordinal);
        foreach (var queue in overview.Queues ?? [])
            history[queue.Name] = [.. HistoryOf(queue.Name).TakeLast(Kept - 1), QueueSample.Of(queue, now)];
        return new AdminSnapshot(overview, now, Error: null, history);
    }
}

/// <summary>A queue at one moment.</summary>
/// <param name="Depth">Messages that wait or are being handled, those of the queues that belong to it included.</param>
/// <param name="In">Messages per second that come in.</param>
/// <param name="Out">Messages per second that go out.</param>
public sealed record QueueSample(DateTimeOffset At, long Depth, double In, double Out, long Retrying)
{
    public static QueueSample Of(QueueStatus queue, DateTimeOffset now) => new(now, queue.Depth(), queue.In(), queue.Out(), queue.Retrying);
}

/// <summary>Figures of a queue together with the lanes that belong to it.</summary>
internal static class QueueFigures
{
    /// <summary>The lane of requests (priority 10), if the queue has one.</summary>
    public static QueueDepth? Urgent(this QueueStatus queue) => queue.Others.FirstOrDefault(other => other.Name.EndsWith(".urgent", StringComparison.Ordinal));

    public static long Depth(this QueueStatus queue) => queue.Ready + queue.Unacked + queue.Others.Sum(other => other.Messages);

    public static double In(this QueueStatus queue) => queue.PublishedPerSecond + queue.Others.Sum(other => other.PublishedPerSecond);

    public static double Out(this QueueStatus queue) => queue.DeliveredPerSecond + queue.Others.Sum(other => other.DeliveredPerSecond);
}
