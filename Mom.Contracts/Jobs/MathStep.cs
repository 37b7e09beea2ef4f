using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>Work for the math worker: one operation of one job.</summary>
/// <param name="Step">Position of the operation in its job, from 0.</param>
/// <param name="Run">Which run of the job this belongs to, from 1: what comes from an earlier one has no effect.</param>
[Message("math.step.v1", Queue = MomQueues.MathSteps, Priority = MessagePriority.Background)]
public sealed record MathStep(Guid JobId, int Step, string Method, IReadOnlyList<string> Numbers, int Run = 1) : IJobStep
{
    /// <summary>Jobs that the math service calculates. It answers after up to 10 s, so a step costs waiting and no work: many at a time.</summary>
    public static JobType JobType { get; } = JobType.Of<MathStep>(
        MathMethods.JobType, MathMethods.All, (job, position, method, inputs, run) => new MathStep(job, position, method, inputs, run)) with
    {
        AtOnce = 16,
        Examples = [new("add", ["1", "2", "3"]), new("multiply", ["6", "7"]), new("factors", ["360"])],
    };
}

/// <summary>
/// A worker has taken the first operation of a job: until then the job is queued, from then on it is running. Worth less than an outcome: it
/// has no effect when the outcome is there first, and nothing depends on it when it gets lost.
/// </summary>
/// <param name="Step">Position of the operation in its job, from 0.</param>
/// <param name="Run">Which run of the job this belongs to, from 1: what comes from an earlier one has no effect.</param>
/// <param name="StartedAt">When, by the clock of the worker.</param>
[Message("job.step-started.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Background)]
public sealed record StepStarted(Guid JobId, int Step, int Run = 1, DateTimeOffset? StartedAt = null);

/// <summary>An operation has a result. Only the first outcome of a step counts.</summary>
/// <param name="Step">Position of the operation in its job, from 0.</param>
/// <param name="Attempts">How often it was tried, from 1.</param>
/// <param name="Run">Which run of the job this belongs to, from 1: what comes from an earlier one has no effect.</param>
/// <param name="StartedAt">When the attempt with this outcome began, by the clock of the worker.</param>
[Message("job.step-done.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Normal)]
public sealed record StepDone(Guid JobId, int Step, string Result, int Attempts, int Run = 1, DateTimeOffset? StartedAt = null);

/// <summary>An operation failed for good. Only the first outcome of a step counts.</summary>
/// <param name="Step">Position of the operation in its job, from 0.</param>
/// <param name="Error">Why, in words for the user.</param>
/// <param name="Attempts">How often it was tried, from 1.</param>
/// <param name="Run">Which run of the job this belongs to, from 1: what comes from an earlier one has no effect.</param>
/// <param name="StartedAt">When the attempt with this outcome began, by the clock of the worker.</param>
[Message("job.step-failed.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Normal)]
public sealed record StepFailed(Guid JobId, int Step, string Error, int Attempts, int Run = 1, DateTimeOffset? StartedAt = null);
