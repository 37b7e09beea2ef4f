using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>Work for the math worker: one operation of one job.</summary>
/// <param name="Step">Position of the operation in its job, from 0.</param>
/// <param name="Run">Which run of the job this belongs to, from 1: what comes from an earlier one has no effect.</param>
[Message("math.step.v1", Queue = MomQueues.MathSteps, Priority = MessagePriority.Background)]
public sealed record MathStep(Guid JobId, int Step, string Method, IReadOnlyList<string> Numbers, int Run = 1);
