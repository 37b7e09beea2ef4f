namespace Mom.Messaging.Topology;

/// <summary>
/// What a queue holds at most: a queue without a limit grows, when nothing consumes it, until the broker's disk is full and nobody can publish.
/// Only for messages that may be lost, or whose senders keep what is refused (see <see cref="QueueOverflow.Refuse"/>). The limits are of the queue
/// itself, not of its retry tiers and its dead letters. See https://www.rabbitmq.com/docs/maxlength and https://www.rabbitmq.com/docs/ttl.
/// </summary>
public sealed record QueueLimits
{
    /// <summary>Messages that are ready, 1 or more; <see langword="null"/> for no limit.</summary>
    public long? Messages { get; init; }

    /// <summary>Bytes of the bodies of messages that are ready, 1 or more; <see langword="null"/> for no limit.</summary>
    public long? Bytes { get; init; }

    /// <summary>How long a message may wait, 1 ms to 49 days; the broker drops what is older. <see langword="null"/> for no limit.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>What happens to a message above <see cref="Messages"/> or <see cref="Bytes"/>.</summary>
    public QueueOverflow Overflow { get; init; } = QueueOverflow.DropOldest;
}

/// <summary>What a full queue does with the next message.</summary>
public enum QueueOverflow
{
    /// <summary>It takes it, and drops its oldest.</summary>
    DropOldest,

    /// <summary>It refuses it (a nack): nothing is lost, and the sender has to keep it.</summary>
    Refuse,
}
