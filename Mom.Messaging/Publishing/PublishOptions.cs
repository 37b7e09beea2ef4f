namespace Mom.Messaging.Publishing;

/// <summary>Deviations from the defaults of a message's contract.</summary>
public sealed record PublishOptions
{
    /// <summary>The message's identity, by which its receiver recognises a duplicate; by default a new UUIDv7.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>1 to 10; by default the contract's.</summary>
    public byte? Priority { get; init; }

    /// <summary>
    /// How long the message waits in the broker before it reaches its queue: up to 268,435,455 s (eight years and a half), rounded
    /// up to seconds; by default not at all. It cannot be taken back.
    /// </summary>
    public TimeSpan? Delay { get; init; }
}
