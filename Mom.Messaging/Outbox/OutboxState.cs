namespace Mom.Messaging.Outbox;

/// <summary>What waits in an outbox, at one moment.</summary>
/// <param name="Ready">Messages that are to be sent, those included that wait for their next attempt.</param>
/// <param name="Dead">Messages that were given up.</param>
/// <param name="Held">Messages that wait behind a dead one with the same key.</param>
/// <param name="Lag">The age of the oldest message that is ready and not held up; zero when there is none.</param>
public sealed record OutboxState(long Ready, long Dead, long Held, TimeSpan Lag)
{
    /// <summary>Nothing waits.</summary>
    public static OutboxState Empty { get; } = new(0, 0, 0, TimeSpan.Zero);
}
