namespace Mom.Messaging.EntityFrameworkCore.Outbox;

/// <summary>What one query counts in the outbox.</summary>
internal sealed record OutboxCounts(long Ready, long Dead, long Held, DateTimeOffset? Oldest);
