using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>Queue the current operation of every job again that is under way and that made no progress for some time.</summary>
/// <param name="IdleSeconds">For how long, in seconds, from 0.</param>
/// <param name="By">The administrator who wants it. What is noted is the caller who was verified (<see cref="Callers.Caller"/>), and not this one.</param>
[Message("job.reconcile-all.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record ReconcileJobs(int IdleSeconds, string By) : IRequest<Reconciliation>;

/// <summary>The answer to <see cref="ReconcileJobs"/>.</summary>
/// <param name="Requeued">How many jobs were queued again; at most 200 at a time.</param>
[Message("job.reconciliation.v1")]
public sealed record Reconciliation(int Requeued);
