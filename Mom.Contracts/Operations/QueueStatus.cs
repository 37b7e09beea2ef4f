namespace Mom.Contracts.Operations;

/// <summary>A work queue with all that belongs to it, as the broker tells of it.</summary>
/// <param name="Ready">Messages that wait.</param>
/// <param name="Unacked">Messages that were delivered and are being handled, or are about to be.</param>
/// <param name="Consumers">How many consumers it has, in all processes.</param>
/// <param name="PublishedPerSecond">Messages that come in, averaged by the broker over the last seconds.</param>
/// <param name="DeliveredPerSecond">Likewise, that go out.</param>
/// <param name="AckedPerSecond">Likewise, that are done.</param>
/// <param name="Retrying">Messages that wait for their next attempt, in all tiers.</param>
/// <param name="Tiers">The tiers, the shortest delay first.</param>
/// <param name="Others">Further queues that belong to this one.</param>
/// <param name="Dead">Dead letters that have not been moved to the database yet.</param>
/// <param name="Paused">Whether somebody paused its consumers.</param>
public sealed record QueueStatus(
    string Name,
    long Ready,
    long Unacked,
    int Consumers,
    double PublishedPerSecond,
    double DeliveredPerSecond,
    double AckedPerSecond,
    long Retrying,
    IReadOnlyList<QueueDepth> Tiers,
    IReadOnlyList<QueueDepth> Others,
    long Dead,
    bool Paused);

/// <summary>How many messages a queue holds.</summary>
/// <param name="PublishedPerSecond">Messages that come in, averaged by the broker over the last seconds.</param>
/// <param name="DeliveredPerSecond">Likewise, that go out.</param>
public sealed record QueueDepth(string Name, long Messages, double PublishedPerSecond = 0, double DeliveredPerSecond = 0);
