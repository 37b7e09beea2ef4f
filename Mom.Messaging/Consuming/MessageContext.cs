namespace Mom.Messaging.Consuming;

/// <summary>What a handler may know of the delivery that it works on.</summary>
/// <param name="MessageId">The message's identity; the same each time it is delivered.</param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Attempt">Which attempt this is, from 1. A delivery that a stopping process gave back does not count.</param>
/// <param name="MaxAttempts">How many attempts there are before the message becomes a dead letter.</param>
/// <param name="SentAt">When it was published for the first time, to the second.</param>
public sealed record MessageContext(Guid MessageId, string Queue, int Attempt, int MaxAttempts, DateTimeOffset SentAt)
{
    /// <summary>Whether the message becomes a dead letter if this attempt fails.</summary>
    public bool IsLastAttempt => Attempt >= MaxAttempts;
}
