using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>Give a dead letter up. It stays to be looked at. Refused with <see cref="OperationErrors.WrongState"/> when it does not wait for a decision.</summary>
/// <param name="By">The administrator's e-mail address. The audit names the caller who was verified (<see cref="Callers.Caller"/>), and not this one.</param>
[Message("dead-letter.discard.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record DiscardDeadLetter(long Id, string Reason, string By) : IRequest<DeadLetterDetail>;

/// <summary>Body of <c>POST /admin/dead-letters/{id}/discard</c>.</summary>
/// <param name="Reason">Why, for the audit; 1 to 500 characters.</param>
public sealed record DiscardBody(string? Reason = null);
