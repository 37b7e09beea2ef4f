using System.Diagnostics;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Jobs.Keys;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Stops a job and starts it again: for its owner, or for an administrator in the place of its owner.</summary>
internal sealed class JobCommands(JobActions actions, UnfinishedJobs unfinished, MomDbContext database, JobKeys keys, CancelledRuns cancelled, TimeProvider time)
{
    /// <summary>Stops a job, in the transaction of the message that asks for it.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="owner">Its owner; somebody else's job is not there.</param>
    /// <param name="noted">Goes into the audit trail with the commit, when something changes; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    public Task CancelAsync(Guid jobId, Guid owner, UserAuditRow? noted, CancellationToken cancellationToken) =>
        actions.ApplyAsync(jobId, owner, job => Task.FromResult(Cancel(job) && Note(noted)), cancellationToken);

    /// <summary>Refuses to start a job again whose owner has too many that are not done. To be asked before the transaction: it is not noted.</summary>
    public Task DemandRoomAsync(Guid jobId, Guid owner, MessageContext context, CancellationToken cancellationToken)
    {
        var reopened = database.Jobs.Where(job => job.Id == jobId && (job.UserId != owner || (job.Status != JobStatus.Failed && job.Status != JobStatus.Cancelled)));
        return unfinished.DemandRoomAsync(owner, reopened, context, cancellationToken);
    }

    /// <summary>Starts a new run of a job. What is left of the former run on queues has no effect, and need not be worked on. Parameters as for <see cref="CancelAsync"/>.</summary>
    public Task RetryAsync(Guid jobId, Guid owner, UserAuditRow? noted, CancellationToken cancellationToken) =>
        actions.ApplyAsync(jobId, owner, async job => await RetryAsync(job, cancellationToken) && Note(noted), cancellationToken);

    /// <summary>The job, after the commit. The math worker is told which run is not wanted any more, so that it does not work in vain.</summary>
    public async Task<Job> AnswerAsync(Guid jobId, Guid? owner, CancellationToken cancellationToken)
    {
        var job = await actions.FindAsync(jobId, owner, cancellationToken);
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

    private async Task<bool> RetryAsync(JobRow job, CancellationToken cancellationToken)
    {
        if (!JobTransitions.Retry(job, time.GetUtcNow()))
        {
            throw new RefusalException(JobErrors.WrongState, "Only a job that failed or was cancelled can be retried.");
        }

        if (!await keys.TakeAsync(job, until: null, cancellationToken))
        {
            throw new RefusalException(JobErrors.WrongState, "Another job of yours holds its key now. Retry this one when that is done.");
        }

        job.TraceId = Activity.Current?.TraceId.ToString() ?? job.TraceId;
        job.TraceParent = Activity.Current?.Id ?? job.TraceParent;
        return true;
    }
}
