using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>Work for the math worker: one operation of one job.</summary>
/// <param name="Step">Position of the operation in its job, from 0.</param>
[Message("math.step.v1", Queue = MomQueues.MathSteps, Priority = MessagePriority.Background)]
public sealed record MathStep(Guid JobId, int Step, string Method, IReadOnlyList<string> Numbers);
