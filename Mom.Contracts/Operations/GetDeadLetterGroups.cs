using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>The dead letters that match, in groups that have a cause in common.</summary>
[Message("dead-letter.groups.get.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record GetDeadLetterGroups(DeadLetterFilter Filter) : IRequest<DeadLetterGroups>;

/// <summary>The answer to <see cref="GetDeadLetterGroups"/>, the largest group first.</summary>
/// <param name="Groups">At most 100.</param>
[Message("dead-letter.groups.v1")]
public sealed record DeadLetterGroups(IReadOnlyList<DeadLetterCause> Groups);

/// <summary>Dead letters of one queue and type that died of the same thing.</summary>
/// <param name="Type">The wire name; empty when the messages had none.</param>
/// <param name="ExceptionType"><see langword="null"/> for those without an exception.</param>
/// <param name="Count">How many, from 1.</param>
/// <param name="Example">What the exception of the newest one says.</param>
/// <param name="FirstFailedAt">When the first of them failed for the first time.</param>
/// <param name="LastFailedAt">When the last of them died.</param>
public sealed record DeadLetterCause(
    string Queue,
    string Type,
    string Reason,
    string? ExceptionType,
    int Count,
    string? Example,
    DateTimeOffset FirstFailedAt,
    DateTimeOffset LastFailedAt);
