namespace Mom.Messaging.Consuming;

/// <summary>How a process consumes one queue.</summary>
public sealed record ConsumerOptions
{
    /// <summary>How many messages are handled at a time, 1 to 1,000. More than 1 gives up their order.</summary>
    public ushort Concurrency { get; set; } = 4;

    /// <summary>
    /// How many messages the broker hands out before the first is acked, 1 to 1,000; at least <see cref="Concurrency"/>. Only what
    /// is still in the queue is ordered by priority, so a message of high priority waits for at most so many others.
    /// </summary>
    public ushort Prefetch { get; set; } = 8;
}
