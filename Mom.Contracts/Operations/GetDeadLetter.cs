using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>One dead letter. Refused with <see cref="OperationErrors.NotFound"/>.</summary>
[Message("dead-letter.get.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record GetDeadLetter(long Id) : IRequest<DeadLetterDetail>;
