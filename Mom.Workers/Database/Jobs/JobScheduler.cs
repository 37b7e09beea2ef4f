using Microsoft.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.Transactions;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>
/// Starts jobs whose time has come, to the second. What is due stands in the database, so it survives every restart; any number of
/// db workers may look, each takes other jobs.
/// </summary>
internal sealed class JobScheduler(IServiceScopeFactory scopes, TimeProvider time, ILogger<JobScheduler> logger)
    : PeriodicUnitOfWork<MomDbContext>(scopes, TimeSpan.FromSeconds(1), time, logger)
{
    private const int BatchSize = 100;

    private readonly TimeProvider _time = time;

    protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<MomDbContext>();
        var changes = services.GetRequiredService<JobChanges>();
        var now = _time.GetUtcNow();
        var due = await database.Jobs.FromSql(
            $"""
             select * from jobs where status = 'Scheduled' and run_at <= {now}
             order by run_at limit {BatchSize} for update skip locked
             """).ToListAsync(cancellationToken);
        // Locks on users are taken in their order: two schedulers never wait for each other.
        foreach (var job in due.OrderBy(job => job.UserId).ThenBy(job => job.RunAt))
        {
            using var activity = WorkerActivities.Resume("start scheduled job", job.TraceParent);
            activity?.SetTag("mom.job.id", job.Id);
            await database.Entry(job).Collection(row => row.Steps).LoadAsync(cancellationToken);
            JobTransitions.Start(job, now);
            await changes.FollowAsync(job, cancellationToken);
        }

        return due.Count == BatchSize;
    }
}
