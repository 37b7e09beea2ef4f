using Mom.Contracts.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>
/// How a job goes on when an operation has an outcome: the state machine of <c>docs/job-lifecycle.md</c>. Pure: it changes the
/// rows that it is given and nothing else.
/// </summary>
internal static class JobTransitions
{
    /// <summary>Notes a result.</summary>
    /// <returns>False when it changes nothing: the job is done, or the operation has an outcome already.</returns>
    public static bool Succeed(JobRow job, int position, string result, int attempts, DateTimeOffset now)
    {
        if (!TryFind(job, position, out var step))
        {
            return false;
        }

        (step.Result, step.Attempts) = (result, attempts);
        job.Status = job.Steps.TrueForAll(other => other.Result is not null) ? JobStatus.Succeeded : JobStatus.Running;
        job.UpdatedAt = now;
        return true;
    }

    /// <summary>Notes a failure, which ends the job: the operations after it are not worked on.</summary>
    /// <returns>False when it changes nothing.</returns>
    public static bool Fail(JobRow job, int position, string error, int attempts, DateTimeOffset now)
    {
        if (!TryFind(job, position, out var step))
        {
            return false;
        }

        (step.Error, step.Attempts) = (error, attempts);
        job.Status = JobStatus.Failed;
        job.Error = $"Operation {position + 1} ({step.Method}): {error}";
        job.UpdatedAt = now;
        return true;
    }

    /// <summary>The operation to work on next, or <see langword="null"/> when the job is done.</summary>
    public static JobStepRow? Next(JobRow job) =>
        job.Status.IsTerminal() ? null : job.InOrder().FirstOrDefault(step => !step.HasOutcome);

    private static bool TryFind(JobRow job, int position, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JobStepRow? step)
    {
        step = job.Status.IsTerminal() ? null : job.Steps.Find(candidate => candidate.Position == position);
        return step is { HasOutcome: false };
    }
}
