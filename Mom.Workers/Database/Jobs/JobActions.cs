using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
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
        Activity.Current?.SetTag("mom.job.id", jobId);
        await work.RunOnceAsync(
            context,
            async () =>
            {
                var job = await changes.LockAsync(jobId, cancellationToken);
                if (act(job is not null && job.UserId == userId ? job : throw new RefusalException(JobErrors.NotFound, "There is no such job.")))
                {
                    changes.Follow(job);
                }
            },
            cancellationToken);
        // Read anew: a second delivery finds that the first has done it, and answers the same.
        return await database.Jobs.AsNoTracking().Include(job => job.Steps)
            .SingleAsync(job => job.Id == jobId && job.UserId == userId, cancellationToken);
    }
}
