using Mom.Messaging;

namespace Mom.Contracts.Operations;

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
