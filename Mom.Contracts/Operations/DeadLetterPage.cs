using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>The answer to <see cref="ListDeadLetters"/>.</summary>
/// <param name="Total">How many match on all pages together.</param>
[Message("dead-letter.list-reply.v1")]
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Letters, int Total);
