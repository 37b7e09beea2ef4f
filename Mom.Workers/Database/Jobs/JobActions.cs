using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>What the owner of a job does to it. Somebody else's job is not there for them.</summary>
internal sealed class JobActions(MomDbContext database, UnitOfWork work, JobChanges changes)
{
    /// <param name="jobId">The job.</param>
    /// <param name="userId">Who acts.</param>
    /// <param name="context">The delivery that asks for it.</param>
    /// <param name="act">Changes the job; false when nothing changes. Says no with a <see cref="RefusalException"/>.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    /// <returns>The job as it is afterwards.</returns>
    public async Task<JobRow> ApplyAsync(Guid jobId, Guid userId, MessageContext context, Func<JobRow, bool> act, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", jobId);
        await work.RunOnceAsync(
            context,
            async () =>
            {
                var job = await changes.LockAsync(jobId, cancellationToken);
                if (act(job is not null && job.UserId == userId ? job : throw new RefusalException(JobErrors.NotFound, "There is no such job.")))
                {
                    await changes.FollowAsync(job, cancellationToken);
                }
            },
            cancellationToken);
        // Read again, for a second delivery finds that the first has done it. By then others may have acted on the job: what follows from the
        // answer must hold for the job as it is now.
        return await database.Jobs.AsNoTracking().Include(job => job.Steps)
            .SingleAsync(job => job.Id == jobId && job.UserId == userId, cancellationToken);
    }
}

/// <summary>Stops a job. It is done with the commit; the math worker is told so that it does not work in vain.</summary>
internal sealed class CancelJobHandler(JobActions actions, CancelledRuns cancelled, TimeProvider time) : IRequestHandler<CancelJob, Job>
{
    public async Task<Job> HandleAsync(CancelJob request, MessageContext context, CancellationToken cancellationToken)
    {
        var job = await actions.ApplyAsync(
            request.JobId,
            request.UserId,
            context,
            job => JobTransitions.Cancel(job, time.GetUtcNow())
                || (job.Status == JobStatus.Cancelled ? false : throw new RefusalException(JobErrors.WrongState, "The job is done; there is nothing to cancel.")),
            cancellationToken);
        await cancelled.TellAsync(job);
        return job.ToContract();
    }
}

/// <summary>Starts a new run of a job. What is left of the former run on queues has no effect, and need not be worked on.</summary>
internal sealed class RetryJobHandler(JobActions actions, UnfinishedJobs unfinished, MomDbContext database, CancelledRuns cancelled, TimeProvider time) : IRequestHandler<RetryJob, Job>
{
    public async Task<Job> HandleAsync(RetryJob request, MessageContext context, CancellationToken cancellationToken)
    {
        var reopened = database.Jobs.Where(job =>
            job.Id == request.JobId && (job.UserId != request.UserId || (job.Status != JobStatus.Failed && job.Status != JobStatus.Cancelled)));
        await unfinished.DemandRoomAsync(request.UserId, reopened, context, cancellationToken);
        var job = await actions.ApplyAsync(request.JobId, request.UserId, context, Retry, cancellationToken);
        await cancelled.TellAsync(job);
        return job.ToContract();
    }

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
