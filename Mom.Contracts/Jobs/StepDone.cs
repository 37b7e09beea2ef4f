using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>An operation has a result. Only the first outcome of a step counts.</summary>
/// <param name="Step">Position of the operation in its job, from 0.</param>
/// <param name="Attempts">How often it was tried, from 1.</param>
/// <param name="Run">Which run of the job this belongs to, from 1: what comes from an earlier one has no effect.</param>
[Message("job.step-done.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Normal)]
public sealed record StepDone(Guid JobId, int Step, string Result, int Attempts, int Run = 1);
