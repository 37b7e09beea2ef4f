namespace Mom.Messaging.Consuming;

/// <summary>When the work on a delivery ends early.</summary>
/// <param name="HardStop">The process can wait no longer for its handlers.</param>
/// <param name="Settle">The delivery can no longer be acked, because its session has ended: to publish its outcome would only make a second copy.</param>
internal readonly record struct SessionTokens(CancellationToken HardStop, CancellationToken Settle);
