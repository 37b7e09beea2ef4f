using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
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

internal sealed class CancelJobHandler(JobCommands commands) : IRequestHandler<CancelJob, Job>
{
    public Task<Job> HandleAsync(CancelJob request, MessageContext context, CancellationToken cancellationToken) =>
        commands.CancelAsync(request.JobId, request.UserId, context, noted: null, cancellationToken);
}

internal sealed class RetryJobHandler(JobCommands commands) : IRequestHandler<RetryJob, Job>
{
    public Task<Job> HandleAsync(RetryJob request, MessageContext context, CancellationToken cancellationToken) =>
        commands.RetryAsync(request.JobId, request.UserId, context, noted: null, cancellationToken);
}
