using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>How far an operation is. Refused with <see cref="OperationErrors.NotFound"/>.</summary>
[Message("dead-letter.operation.get.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record GetDeadLetterOperation(Guid Id) : IRequest<DeadLetterOperation>;
