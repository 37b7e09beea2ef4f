using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>Change what a replay will send. The original is kept. Refused with <see cref="OperationErrors.WrongState"/> when it does not wait for a
/// decision.</summary>
/// <param name="By">The administrator's e-mail address. The audit names the caller who was verified (<see cref="Callers.Caller"/>), and not this one.</param>
[Message("dead-letter.edit.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record EditDeadLetter(long Id, string Body, string By) : IRequest<DeadLetterDetail>;

/// <summary>Body of <c>PUT /admin/dead-letters/{id}/body</c>.</summary>
/// <param name="Body">What a replay shall send, as text.</param>
public sealed record EditBody(string? Body = null);
