namespace Mom.Contracts.Operations;

/// <summary>A message that is being handled.</summary>
/// <param name="JobId">The job that it belongs to, where that is known.</param>
public sealed record WorkInHand(string Queue, string Type, string MessageId, string? JobId, DateTimeOffset Since);
