using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>The latest operations, newest first.</summary>
/// <param name="Limit">1 to 100.</param>
[Message("dead-letter.operation.list.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record ListDeadLetterOperations(int Limit) : IRequest<DeadLetterOperationList>;

/// <summary>The answer to <see cref="ListDeadLetterOperations"/>.</summary>
[Message("dead-letter.operation.list-reply.v1")]
public sealed record DeadLetterOperationList(IReadOnlyList<DeadLetterOperation> Operations);
