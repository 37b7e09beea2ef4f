using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Mom.Contracts.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs.Turns;

/// <summary>
/// Fair turns between users: of one user only <see cref="UserJobOptions.UnderWay"/> jobs are under way at a time, so that the queue of a thousand
/// jobs of one does not stand before the one job of another. The rest waits in the database; whatever ends a job lets the next begin, in the same
/// transaction. All in the caller's transaction.
/// </summary>
/// <remarks>
/// Two transactions that decide about the same user follow each other, by a lock on the user that lasts until the commit: else one could count a job
/// that ends just now while the other finds nothing that waits. Nobody who holds this lock waits for the row of a job.
/// </remarks>
internal sealed class FairTurns(MomDbContext database, IOptions<UserJobOptions> options, TimeProvider time)
{
    /// <summary>Starts a job, unless its user has as many in progress as are allowed.</summary>
    /// <param name="job">One that waits. It may be new.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    public async Task TakeAsync(JobRow job, CancellationToken cancellationToken)
    {
        if (await CountFreeAsync(job.UserId, cancellationToken) > 0)
        {
            job.Waiting = false;
        }
        else
        {
            // With results of an earlier run it would count as running.
            job.Status = JobStatus.Queued;
        }
    }

    /// <summary>Starts waiting jobs of a user, those of the highest priority first and of these the oldest, up to the number that is allowed.</summary>
    /// <returns>Those, with their operations: each is to be sent.</returns>
    public async Task<IReadOnlyList<JobRow>> NextAsync(Guid userId, CancellationToken cancellationToken)
    {
        var free = await CountFreeAsync(userId, cancellationToken);
        if (free <= 0)
        {
            return [];
        }

        // One that somebody acts on at this moment is passed over. Should it wait on, it is found a moment later: see WaitingJobs.
        var next = await database.Jobs.FromSql(
            $"""
             select * from jobs where user_id = {userId} and waiting and status in ('Queued', 'Running')
             order by priority desc, created_at, id limit {free} for update skip locked
             """).ToListAsync(cancellationToken);
        foreach (var job in next)
        {
            await database.Entry(job).Collection(row => row.Steps).LoadAsync(cancellationToken);
            job.Waiting = false;
            // From now on it may count as lost when nothing is heard of it.
            job.UpdatedAt = time.GetUtcNow();
        }

        return next;
    }

    /// <summary>Users with jobs that wait although there is room for them.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<List<Guid>> OverlookedAsync(int limit, CancellationToken cancellationToken) =>
        database.Database.SqlQuery<Guid>(
            $"""
             select w.user_id as "Value" from (select distinct user_id from jobs where waiting and status in ('Queued', 'Running')) as w
             where (select count(*) from jobs as j where j.user_id = w.user_id and not j.waiting and j.status in ('Queued', 'Running')) < {options.Value.UnderWay}
             limit {limit}
             """).ToListAsync(cancellationToken);

    private async Task<int> CountFreeAsync(Guid userId, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"turns of " + userId}, 0))", cancellationToken);
        // What this transaction has changed is not in the database yet.
        var known = database.Jobs.Local.Where(job => job.UserId == userId).ToList();
        var ids = known.ConvertAll(job => job.Id);
        var others = await database.Jobs.CountAsync(
            job => job.UserId == userId && !job.Waiting && (job.Status == JobStatus.Queued || job.Status == JobStatus.Running) && !ids.Contains(job.Id),
            cancellationToken);
        return options.Value.UnderWay - others - known.Count(job => !job.Waiting && job.Status is JobStatus.Queued or JobStatus.Running);
    }
}
