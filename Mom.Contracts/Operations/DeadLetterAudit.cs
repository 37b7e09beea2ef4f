namespace Mom.Contracts.Operations;

/// <summary>Something that happened to a dead letter.</summary>
/// <param name="By">An administrator's e-mail address, or <c>system</c>.</param>
/// <param name="Action"><c>ingested</c>, <c>replayed</c>, <c>died-again</c>, <c>edited</c> or <c>discarded</c>.</param>
public sealed record DeadLetterAudit(DateTimeOffset At, string By, string Action, string? Detail);
