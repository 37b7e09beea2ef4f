using Mom.Contracts.Jobs;
using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>
/// Queue the current operation of a job again, because its message may be lost. Safe at any time: only the first outcome counts.
/// Refused with <see cref="JobErrors.WrongState"/> when the job is done or scheduled.
/// </summary>
/// <param name="By">The administrator who wants it. What is noted is the caller who was verified (<see cref="Callers.Caller"/>), and not this one.</param>
[Message("job.reconcile.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record ReconcileJob(Guid JobId, string By) : IRequest<AdminJob>;
