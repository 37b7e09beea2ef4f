using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>Replay or discard all dead letters that match and wait for a decision.</summary>
/// <param name="Id">Chosen by the sender: the same id is one operation, however often it is sent.</param>
/// <param name="DryRun">Only say what would be done.</param>
/// <param name="PerSecond">Dead letters per second at most, 1 to 1,000.</param>
/// <param name="Reason">For the audit.</param>
/// <param name="By">The administrator's e-mail address. The audit names the caller who was verified (<see cref="Callers.Caller"/>), and not this one.</param>
[Message("dead-letter.operation.start.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record StartDeadLetterOperation(Guid Id, DeadLetterOperationKind Kind, DeadLetterFilter Filter, bool DryRun, int PerSecond, string? Reason, string By) : IRequest<DeadLetterOperation>;

/// <summary>Body of <c>POST /admin/dead-letters/operations</c>.</summary>
/// <param name="Kind"><c>replay</c> or <c>discard</c>.</param>
/// <param name="Filter">Selects dead letters; those already replayed or discarded are skipped.</param>
/// <param name="DryRun">Only say what would be done. Default true.</param>
/// <param name="PerSecond">Dead letters per second at most, 1 to 1,000. Default 50.</param>
/// <param name="Reason">For the audit; needed to discard.</param>
public sealed record DeadLetterOperationBody(
    DeadLetterOperationKind? Kind = null,
    DeadLetterFilter? Filter = null,
    bool DryRun = true,
    int PerSecond = 50,
    string? Reason = null);
