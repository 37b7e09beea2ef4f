using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Reconciling;

/// <summary>
/// Queues the current operation of jobs again whose message may be lost. It may also be there still: then there are two, and the
/// first outcome counts. All in the caller's transaction.
/// </summary>
internal sealed class JobRequeue(MomDbContext database, JobChanges changes, TimeProvider time)
{
    /// <summary>Jobs that are looked at in one transaction.</summary>
    public const int BatchSize = 200;

    // Jobs of a type that only a newer version knows wait for that version.
    private static readonly string[] Types = [.. JobTypes.All.Select(type => type.Name)];

    /// <summary>Queues jobs again that are under way, that made no progress for some time, and for which nothing waits in the outbox.</summary>
    /// <param name="silence">For how long; twice as long after each time that it did not help, up to 32 times.</param>
    /// <param name="reason">Why, given when the job was last heard of.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many.</returns>
    public async Task<int> RequeueAsync(TimeSpan silence, Func<DateTimeOffset, string> reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var silent = await database.Jobs.FromSql(
            $"""
             select * from jobs as j
             where j.status in ('Queued', 'Running') and not j.waiting and j.type = any({Types})
               and greatest(j.updated_at, j.reconciled_at) + {silence} * power(2, least(j.reconciliations, 5)) <= {now}
               and not exists (select 1 from outbox as o where o.key = j.id::text)
             order by j.updated_at limit {BatchSize} for update skip locked
             """).ToListAsync(cancellationToken);
        foreach (var job in silent)
        {
            await database.Entry(job).Collection(row => row.Steps).LoadAsync(cancellationToken);
            Requeue(job, reason(job.ReconciledAt > job.UpdatedAt ? job.ReconciledAt.Value : job.UpdatedAt));
        }

        return silent.Count;
    }

    /// <summary>Queues the current operations of one job again: all that are in flight, for nobody knows which of their messages were lost.</summary>
    /// <returns>False when it has none: it is done, not due yet, or waits for its turn.</returns>
    public bool Requeue(JobRow job, string reason)
    {
        using var activity = WorkerActivities.Resume("reconcile job", job.TraceParent);
        activity?.SetTag("mom.job.id", job.Id);
        if (!changes.SendAgain(job))
        {
            return false;
        }

        job.Reconciliations++;
        (job.ReconciledAt, job.ReconcileReason) = (time.GetUtcNow(), reason);
        changes.Announce(job);
        return true;
    }
}
