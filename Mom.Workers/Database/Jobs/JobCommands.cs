using System.Diagnostics;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Stops a job and starts it again: for its owner, or for an administrator in the place of its owner.</summary>
internal sealed class JobCommands(JobActions actions, UnfinishedJobs unfinished, MomDbContext database, CancelledRuns cancelled, TimeProvider time)
{
    /// <summary>Stops a job. It is done with the commit; the math worker is told so that it does not work in vain.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="owner">Its owner; somebody else's job is not there.</param>
    /// <param name="context">The delivery that asks for it.</param>
    /// <param name="noted">Goes into the audit trail with the commit, when something changes; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    public async Task<Job> CancelAsync(Guid jobId, Guid owner, MessageContext context, UserAuditRow? noted, CancellationToken cancellationToken)
    {
        var job = await actions.ApplyAsync(jobId, owner, context, job => Cancel(job) && Note(noted), cancellationToken);
        await cancelled.TellAsync(job);
        return job.ToContract();
    }

    /// <summary>Starts a new run of a job. What is left of the former run on queues has no effect, and need not be worked on. Parameters as for <see cref="CancelAsync"/>.</summary>
    public async Task<Job> RetryAsync(Guid jobId, Guid owner, MessageContext context, UserAuditRow? noted, CancellationToken cancellationToken)
    {
        var reopened = database.Jobs.Where(job => job.Id == jobId && (job.UserId != owner || (job.Status != JobStatus.Failed && job.Status != JobStatus.Cancelled)));
        await unfinished.DemandRoomAsync(owner, reopened, context, cancellationToken);
        var job = await actions.ApplyAsync(jobId, owner, context, job => Retry(job) && Note(noted), cancellationToken);
        await cancelled.TellAsync(job);
        return job.ToContract();
    }

    private bool Note(UserAuditRow? entry)
    {
        if (entry is not null)
        {
            database.UserAudit.Add(entry);
        }

        return true;
    }

    private bool Cancel(JobRow job) =>
        JobTransitions.Cancel(job, time.GetUtcNow())
        || (job.Status == JobStatus.Cancelled ? false : throw new RefusalException(JobErrors.WrongState, "The job is done; there is nothing to cancel."));

    private bool Retry(JobRow job)
    {
        if (!JobTransitions.Retry(job, time.GetUtcNow()))
        {
            throw new RefusalException(JobErrors.WrongState, "Only a job that failed or was cancelled can be retried.");
        }

        job.TraceId = Activity.Current?.TraceId.ToString() ?? job.TraceId;
        job.TraceParent = Activity.Current?.Id ?? job.TraceParent;
        return true;
    }
}
