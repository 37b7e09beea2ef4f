using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>What the owner of a job does to it. Somebody else's job is not there for them.</summary>
internal sealed class JobActions(MomDbContext database, JobChanges changes)
{
    /// <summary>Changes a job, in the transaction of the message that asks for it.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="userId">Who acts.</param>
    /// <param name="act">Changes the job; false when nothing changes. Says no with a <see cref="RefusalException"/>.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    public async Task ApplyAsync(Guid jobId, Guid userId, Func<JobRow, Task<bool>> act, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", jobId);
        var job = await changes.LockAsync(jobId, cancellationToken);
        if (await act(job is not null && job.UserId == userId ? job : throw new RefusalException(JobErrors.NotFound, "There is no such job.")))
        {
            await changes.FollowAsync(job, cancellationToken);
        }
    }

    /// <summary>
    /// The job as it is after the commit. A second delivery finds that the first has done it, and by then others may have acted on the job: what follows
    /// from the answer must hold for the job as it is now.
    /// </summary>
    /// <param name="jobId">The job.</param>
    /// <param name="userId">Its owner, who alone may see it; <see langword="null"/> for an administrator.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<JobRow> FindAsync(Guid jobId, Guid? userId, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", jobId);
        return database.Jobs.AsNoTracking().Include(job => job.Steps)
            .SingleAsync(job => job.Id == jobId && (userId == null || job.UserId == userId), cancellationToken);
    }
}

internal sealed class CancelJobHandler(JobCommands commands) : ITransactionalRequestHandler<CancelJob, Job>
{
    public Task ApplyAsync(CancelJob request, MessageContext context, CancellationToken cancellationToken) =>
        commands.CancelAsync(request.JobId, request.UserId, noted: null, cancellationToken);

    public Task<Job> AnswerAsync(CancelJob request, MessageContext context, CancellationToken cancellationToken) =>
        commands.AnswerAsync(request.JobId, request.UserId, cancellationToken);
}

internal sealed class RetryJobHandler(JobCommands commands) : ITransactionalRequestHandler<RetryJob, Job>
{
    public Task CheckAsync(RetryJob request, MessageContext context, CancellationToken cancellationToken) =>
        commands.DemandRoomAsync(request.JobId, request.UserId, context, cancellationToken);

    public Task ApplyAsync(RetryJob request, MessageContext context, CancellationToken cancellationToken) =>
        commands.RetryAsync(request.JobId, request.UserId, noted: null, cancellationToken);

    public Task<Job> AnswerAsync(RetryJob request, MessageContext context, CancellationToken cancellationToken) =>
        commands.AnswerAsync(request.JobId, request.UserId, cancellationToken);
}
