using Mom.Messaging.Envelopes;

namespace Mom.Messaging.Outbox;

/// <summary>A stored message.</summary>
/// <param name="Id">Its place in the outbox.</param>
/// <param name="Attempts">How often it could not be sent.</param>
/// <param name="Envelope">What is to be sent.</param>
public sealed record OutboxMessage(long Id, int Attempts, Envelope Envelope);
