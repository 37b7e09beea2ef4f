using Mom.Contracts.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>
/// How a job goes on when an operation has an outcome or a person acts on it: the state machine of <c>docs/job-lifecycle.md</c>.
/// Pure: it changes the rows that it is given and nothing else. Each returns false when it changes nothing. What begins again waits for its turn: see
/// <see cref="Turns.FairTurns"/>.
/// </summary>
internal static class JobTransitions
{
    /// <summary>Starts a job whose time has come.</summary>
    public static bool Start(JobRow job, DateTimeOffset now)
    {
        if (job.Status != JobStatus.Scheduled)
        {
            return false;
        }

        (job.Status, job.Waiting, job.UpdatedAt) = (JobStatus.Queued, true, now);
        return true;
    }

    /// <summary>Notes that a worker has taken an operation of a job that waited for that.</summary>
    public static bool Begin(JobRow job, int run, int position, DateTimeOffset now, DateTimeOffset? startedAt = null)
    {
        if (job.Status != JobStatus.Queued || FindOpen(job, run, position) is not { } step)
        {
            return false;
        }

        step.StartedAt = (startedAt ?? now).ToUniversalTime();
        (job.Status, job.UpdatedAt) = (JobStatus.Running, now);
        return true;
    }

    /// <summary>Notes a result, unless the job is done, the operation has an outcome already, or this is one of an earlier run.</summary>
    public static bool Succeed(JobRow job, int run, int position, string result, int attempts, DateTimeOffset now, DateTimeOffset? startedAt = null)
    {
        if (FindOpen(job, run, position) is not { } step)
        {
            return false;
        }

        step.Result = result;
        step.Attempts += attempts;
        Finish(step, now, startedAt);
        job.Status = job.Steps.TrueForAll(other => other.Result is not null) ? JobStatus.Succeeded : JobStatus.Running;
        job.UpdatedAt = now;
        return true;
    }

    /// <summary>Notes a failure, which ends the job: the operations after it are not worked on. Conditions as for a result.</summary>
    public static bool Fail(JobRow job, int run, int position, string error, int attempts, DateTimeOffset now, DateTimeOffset? startedAt = null)
    {
        if (FindOpen(job, run, position) is not { } step)
        {
            return false;
        }

        step.Error = error;
        step.Attempts += attempts;
        Finish(step, now, startedAt);
        job.Status = JobStatus.Failed;
        job.Error = $"Operation {position + 1} ({step.Method}): {error}";
        job.UpdatedAt = now;
        return true;
    }

    /// <summary>Stops a job that is not done.</summary>
    public static bool Cancel(JobRow job, DateTimeOffset now)
    {
        if (job.Status.IsTerminal())
        {
            return false;
        }

        (job.Status, job.UpdatedAt) = (JobStatus.Cancelled, now);
        return true;
    }

    /// <summary>Starts a new run of a job that failed or was cancelled: results stay, everything else is done again.</summary>
    public static bool Retry(JobRow job, DateTimeOffset now)
    {
        if (job.Status is not (JobStatus.Failed or JobStatus.Cancelled))
        {
            return false;
        }

        job.Run++;
        (job.Reconciliations, job.ReconciledAt, job.ReconcileReason) = (0, null, null);
        Reopen(job, now);
        job.Waiting = job.Status != JobStatus.Scheduled;
        return true;
    }

    /// <summary>
    /// Takes the failure of one operation back, because its message is about to be sent once more. It stays in the same run, so that
    /// this message counts.
    /// </summary>
    public static bool Replay(JobRow job, int run, int position, DateTimeOffset now)
    {
        if (job.Status != JobStatus.Failed || job.Run != run || job.Steps.Find(step => step.Position == position)?.Error is null)
        {
            return false;
        }

        Reopen(job, now);
        return true;
    }

    /// <summary>The operation to work on now, or <see langword="null"/> when there is none: the job is done, or not due yet.</summary>
    public static JobStepRow? Next(JobRow job) =>
        job.Status is JobStatus.Queued or JobStatus.Running ? job.InOrder().FirstOrDefault(step => !step.HasOutcome) : null;

    private static void Reopen(JobRow job, DateTimeOffset now)
    {
        foreach (var step in job.Steps.Where(step => step.Result is null))
        {
            (step.Error, step.QueuedAt, step.StartedAt, step.FinishedAt) = (null, null, null, null);
        }

        job.Error = null;
        job.Status = job.RunAt > now ? JobStatus.Scheduled
            : job.Steps.Exists(step => step.Result is not null) ? JobStatus.Running
            : JobStatus.Queued;
        job.UpdatedAt = now;
    }

    private static void Finish(JobStepRow step, DateTimeOffset now, DateTimeOffset? startedAt) =>
        (step.StartedAt, step.FinishedAt) = (startedAt?.ToUniversalTime() ?? step.StartedAt, now);

    private static JobStepRow? FindOpen(JobRow job, int run, int position) =>
        job.Run == run && (job.Status is JobStatus.Queued or JobStatus.Running)
            ? job.Steps.Find(step => step.Position == position && !step.HasOutcome)
            : null;
}
