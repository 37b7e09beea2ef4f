namespace Mom.Messaging.Outbox;

/// <summary>A stored message that the broker did not take in all its attempts. It and the messages behind it wait for a person.</summary>
/// <param name="Id">Its place in the outbox.</param>
/// <param name="Key">The key that it holds up.</param>
/// <param name="Type">Wire name.</param>
/// <param name="MessageId">The message's identity.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LastError">Why it was not sent the last time.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="DeadAt">When it was given up.</param>
/// <param name="Held">How many messages with the same key wait behind it.</param>
public sealed record DeadOutboxMessage(
    long Id,
    string Key,
    string Type,
    Guid MessageId,
    int Attempts,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset DeadAt,
    int Held);
