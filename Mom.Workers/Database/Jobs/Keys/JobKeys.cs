using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs.Keys;

/// <summary>
/// The keys by which a job is the only one of its user: the holder is a row with the key of user and key, written in the transaction that makes or reopens
/// the job. All in the caller's transaction; two that want the same key follow each other.
/// </summary>
internal sealed class JobKeys(MomDbContext database, TimeProvider time)
{
    public static DateTimeOffset? Until(UniqueJob unique, DateTimeOffset from) => unique.ForSeconds is { } seconds ? from.AddSeconds(seconds) : null;

    public static bool IsHeld(JobKeyRow key, JobStatus holder, DateTimeOffset now) => !holder.IsTerminal() || key.Until > now;

    /// <summary>Lets a job hold its key, when it has one and the key is free.</summary>
    /// <param name="job">One that is new, or is to be reopened.</param>
    /// <param name="until">See <see cref="JobKeyRow.Until"/>.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    /// <returns>False when another job holds it.</returns>
    public async Task<bool> TakeAsync(JobRow job, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        if (job.UniqueKey is not { } key)
        {
            return true;
        }

        await database.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended('key of ' || {job.UserId}::text || ' ' || {key}, 0))", cancellationToken);
        // Finds what this transaction has added as well.
        if (await database.JobKeys.FindAsync([job.UserId, key], cancellationToken) is not { } held)
        {
            database.JobKeys.Add(new JobKeyRow { UserId = job.UserId, Key = key, JobId = job.Id, Until = until });
            return true;
        }

        if (held.JobId != job.Id)
        {
            var holder = database.Jobs.Local.FindEntry(held.JobId)?.Entity.Status
                ?? await database.Jobs.Where(row => row.Id == held.JobId).Select(row => row.Status).SingleAsync(cancellationToken);
            if (IsHeld(held, holder, time.GetUtcNow()))
            {
                return false;
            }

            (held.JobId, held.Until) = (job.Id, until);
        }

        return true;
    }
}
