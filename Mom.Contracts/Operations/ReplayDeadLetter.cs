using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>Send a dead letter to its queue once more, with its id and its priority. Refused with <see cref="OperationErrors.WrongState"/> when it does
/// not wait for a decision, or would have no effect.</summary>
/// <param name="By">The administrator's e-mail address. The audit names the caller who was verified (<see cref="Callers.Caller"/>), and not this one.</param>
[Message("dead-letter.replay.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record ReplayDeadLetter(long Id, string By) : IRequest<DeadLetterDetail>;
