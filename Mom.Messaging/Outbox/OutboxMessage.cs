using Mom.Messaging.Envelopes;

namespace Mom.Messaging.Outbox;

/// <summary>A stored message.</summary>
/// <param name="Id">Its place in the outbox.</param>
/// <param name="Key">Messages with the same key are sent one after another, in the order of their ids.</param>
/// <param name="Attempts">How often the broker did not take it.</param>
/// <param name="Envelope">What is to be sent.</param>
public sealed record OutboxMessage(long Id, string Key, int Attempts, Envelope Envelope);
