using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>One dead letter. Refused with <see cref="OperationErrors.NotFound"/>.</summary>
[Message("dead-letter.get.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record GetDeadLetter(long Id) : IRequest<DeadLetterDetail>;

/// <summary>Everything about a dead letter.</summary>
/// <param name="Body">What a replay sends, as text.</param>
/// <param name="OriginalBody">As it came, when somebody has edited it.</param>
/// <param name="Headers">As they came.</param>
/// <param name="Audit">What happened to it, oldest first.</param>
[Message("dead-letter.detail.v1")]
public sealed record DeadLetterDetail(
    DeadLetter Letter,
    string Body,
    string? OriginalBody,
    IReadOnlyDictionary<string, string> Headers,
    string? ExceptionStack,
    IReadOnlyList<DeadLetterAudit> Audit);

/// <summary>Something that happened to a dead letter.</summary>
/// <param name="By">An administrator's e-mail address, or <c>system</c>.</param>
/// <param name="Action"><c>ingested</c>, <c>replayed</c>, <c>died-again</c>, <c>edited</c> or <c>discarded</c>.</param>
public sealed record DeadLetterAudit(DateTimeOffset At, string By, string Action, string? Detail);
