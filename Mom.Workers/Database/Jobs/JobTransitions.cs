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

        (job.Waiting, job.UpdatedAt) = (true, now);
        Advance(job, JobStatus.Queued, now);
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
        Advance(job, JobStatus.Running, now);
        job.UpdatedAt = now;
        return true;
    }

    /// <summary>
    /// Notes a failure. Unless another operation waits for it, nothing else begins, and the job ends when nothing of it is in flight and all is compensated
    /// that is to be; a plain list ends at once. Conditions as for a result.
    /// </summary>
    public static bool Fail(JobRow job, int run, int position, string error, int attempts, DateTimeOffset now, DateTimeOffset? startedAt = null)
    {
        if (FindOpen(job, run, position) is not { } step)
        {
            return false;
        }

        step.Error = error;
        step.Attempts += attempts;
        Finish(step, now, startedAt);
        Advance(job, JobStatus.Running, now);
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

    /// <summary>
    /// Starts a new run of a job that failed or was cancelled: results stay, but for those that were compensated and what came after them; everything else is
    /// done again.
    /// </summary>
    public static bool Retry(JobRow job, DateTimeOffset now)
    {
        if (job.Status is not (JobStatus.Failed or JobStatus.Cancelled))
        {
            return false;
        }

        job.Run++;
        (job.Reconciliations, job.ReconciledAt, job.ReconcileReason) = (0, null, null);
        Reopen(job, now);
        job.Waiting = job.Status is JobStatus.Queued or JobStatus.Running;
        return true;
    }

    /// <summary>
    /// Takes the failure of one operation back, because its message is about to be sent once more. It stays in the same run, so that
    /// this message counts. Not when results would have to go for it, as of what was compensated: what is left of them in this run would count, too.
    /// </summary>
    public static bool Replay(JobRow job, int run, int position, DateTimeOffset now)
    {
        if (job.Status != JobStatus.Failed || job.Run != run || job.Steps.Find(step => step.Position == position) is not { Error: not null } step)
        {
            return false;
        }

        if (step.Compensates is not null)
        {
            // The job stays one that fails: only this is done again.
            Reset(step);
            (job.Status, job.Error, job.UpdatedAt) = (JobStatus.Running, null, now);
        }
        else if (new JobGraph(job).Redone().All(again => again.Result is null))
        {
            Reopen(job, now);
        }
        else
        {
            return false;
        }

        step.QueuedAt = now;
        return true;
    }

    /// <summary>The operations to send now: none when the job is done or not due yet, and none that is in flight.</summary>
    public static IEnumerable<JobStepRow> Next(JobRow job) => Current(job).Where(step => step.QueuedAt is null);

    /// <summary>The operations to work on now, those in flight among them.</summary>
    public static IReadOnlyList<JobStepRow> Current(JobRow job) => job.Status is JobStatus.Queued or JobStatus.Running ? new JobGraph(job).Current : [];

    // Goes on as far as that takes no worker: an operation that cannot take a result fails at once, and a job with nothing to do has ended.
    private static void Advance(JobRow job, JobStatus open, DateTimeOffset now)
    {
        var graph = new JobGraph(job);
        while (graph.FindFlaw() is { } found)
        {
            (found.Step.Error, found.Step.FinishedAt) = (found.Flaw, now);
            graph = new JobGraph(job);
        }

        job.Error = null;
        if (graph.Current.Count > 0)
        {
            job.Status = open;
        }
        else if (graph.Failure is { } failure)
        {
            (job.Status, job.Error) = (JobStatus.Failed, Error(job, failure));
        }
        else
        {
            job.Status = JobStatus.Succeeded;
        }
    }

    private static string Error(JobRow job, JobStepRow failure) => string.Concat(
        job.InOrder().Where(step => step is { Compensates: not null, Error: not null })
            .Select(step => $" The compensation of '{step.Compensates}' failed, too.")
            .Prepend($"Operation {failure.Position + 1} ({failure.Method}): {failure.Error}"));

    private static void Reopen(JobRow job, DateTimeOffset now)
    {
        foreach (var step in new JobGraph(job).Redone())
        {
            Reset(step);
        }

        job.Error = null;
        job.Status = job.RunAt > now ? JobStatus.Scheduled
            : job.Steps.Exists(step => step.Result is not null) ? JobStatus.Running
            : JobStatus.Queued;
        job.UpdatedAt = now;
        if (job.Status != JobStatus.Scheduled)
        {
            Advance(job, job.Status, now);
        }
    }

    private static void Reset(JobStepRow step) =>
        (step.Result, step.Error, step.QueuedAt, step.StartedAt, step.FinishedAt) = (null, null, null, null, null);

    private static void Finish(JobStepRow step, DateTimeOffset now, DateTimeOffset? startedAt) =>
        (step.StartedAt, step.FinishedAt) = (startedAt?.ToUniversalTime() ?? step.StartedAt, now);

    private static JobStepRow? FindOpen(JobRow job, int run, int position) =>
        job.Run == run && (job.Status is JobStatus.Queued or JobStatus.Running)
            ? job.Steps.Find(step => step.Position == position && !step.HasOutcome)
            : null;
}
