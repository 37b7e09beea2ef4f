namespace Mom.Messaging.Testing.Broker;

/// <summary>What became of a publish.</summary>
internal enum PublishOutcome
{
    /// <summary>Every queue to which it goes has it.</summary>
    Taken,

    /// <summary>It goes to no queue.</summary>
    Unroutable,

    /// <summary>One of its queues is full.</summary>
    Refused,
}

/// <summary>What becomes of a message that was handed out.</summary>
internal enum Settlement
{
    /// <summary>It was acked.</summary>
    Done,

    /// <summary>It goes back to its queue.</summary>
    Requeue,

    /// <summary>It leaves its queue, for its dead-letter exchange where there is one.</summary>
    Reject,
}

/// <summary>A message that was handed out and is not acked.</summary>
internal sealed record Unacked(StoredMessage Message, MemoryQueue Queue, MemoryConsumer? Consumer);
