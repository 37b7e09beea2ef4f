using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>The answer to <see cref="ListDeadLetterOperations"/>.</summary>
[Message("dead-letter.operation.list-reply.v1")]
public sealed record DeadLetterOperationList(IReadOnlyList<DeadLetterOperation> Operations);
