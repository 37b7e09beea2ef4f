using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>Dead letters, the newest first.</summary>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">1 to 100.</param>
[Message("dead-letter.list.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record ListDeadLetters(DeadLetterFilter Filter, int Page, int PageSize) : IRequest<DeadLetterPage>;

/// <summary>The answer to <see cref="ListDeadLetters"/>.</summary>
/// <param name="Total">How many match on all pages together.</param>
[Message("dead-letter.list-reply.v1")]
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Letters, int Total);
