using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Recurring;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.Transactions;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Jobs.Keys;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Recurring;

/// <summary>
/// Makes the jobs of recurring jobs that are due: one for each due time, however many db workers look and wherever one of them dies. The job and the next
/// due time are committed together, while the row is locked.
/// </summary>
internal sealed partial class RecurringScheduler(IServiceScopeFactory scopes, TimeProvider time, ILogger<RecurringScheduler> logger)
    : PeriodicUnitOfWork<MomDbContext>(scopes, TimeSpan.FromSeconds(1), time, logger)
{
    private const int BatchSize = 100;

    private readonly TimeProvider _time = time;

    /// <summary>The id of the job of one due time. Made by two, it would be one job all the same.</summary>
    public static Guid JobId(Guid recurringId, DateTimeOffset due) => DerivedId.Of($"recurring {recurringId}", $"{due.ToUnixTimeSeconds()}");

    protected override async Task<bool> WorkAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<MomDbContext>();
        var now = _time.GetUtcNow();
        // Those of a user who is locked stay due, and make up for it by one run when they are unlocked.
        var due = await database.RecurringJobs.FromSql(
            $"""
             select r.* from recurring_jobs as r join users as u on u.id = r.user_id
             where r.next_run_at <= {now} and u.locked_at is null
             order by r.next_run_at limit {BatchSize} for update of r skip locked
             """).ToListAsync(cancellationToken);
        // Locks on users are taken in their order: two schedulers never wait for each other.
        foreach (var recurring in due.OrderBy(row => row.UserId).ThenBy(row => row.NextRunAt))
        {
            await RunAsync(services, recurring, now, cancellationToken);
        }

        return due.Count == BatchSize;
    }

    private async Task RunAsync(IServiceProvider services, RecurringJobRow recurring, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var at = recurring.NextRunAt!.Value;
        recurring.UpdatedAt = now;
        if (!Recurrence.TryParse(recurring.Cron, recurring.TimeZone, out var recurrence))
        {
            // It was found valid elsewhere: this machine knows fewer zones.
            (recurring.Paused, recurring.NextRunAt, recurring.Note) = (true, null, $"The time zone '{recurring.TimeZone}' is not known any more.");
            LogUnreadable(recurring.Id, recurring.Cron, recurring.TimeZone);
            return;
        }

        // From now on, and not from when it was due: of all that was missed while nobody looked, this run is the only one.
        recurring.NextRunAt = recurrence.After(now);
        var id = JobId(recurring.Id, at);
        recurring.Note = await MakeAsync(services, recurring, id, now.ToMicrosecond(), cancellationToken);
        if (recurring.Note is null)
        {
            (recurring.LastRunAt, recurring.LastJobId) = (at, id);
        }
    }

    /// <returns>Why there is no job; <see langword="null"/> when there is.</returns>
    private static async Task<string?> MakeAsync(IServiceProvider services, RecurringJobRow recurring, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<MomDbContext>();
        if (await database.Jobs.AnyAsync(row => row.Id == id, cancellationToken))
        {
            return null;
        }

        var most = services.GetRequiredService<IOptions<UserJobOptions>>().Value.Unfinished;
        var unfinished = await database.Jobs.CountAsync(
            row => row.UserId == recurring.UserId && (row.Status == JobStatus.Scheduled || row.Status == JobStatus.Queued || row.Status == JobStatus.Running), cancellationToken);
        if (unfinished >= most)
        {
            return $"You had {most:N0} jobs that were not done, as many as a user may have.";
        }

        using var activity = WorkerActivities.Resume("start recurring job", traceParent: null);
        activity?.SetTag("mom.job.id", id);
        var order = recurring.Body().ToOrder(id, recurring.UserId, runAt: null);
        var job = NewJob.Of(order, waits: true, now, recurring.Id);
        if (!await services.GetRequiredService<JobKeys>().TakeAsync(job, order.Unique is { } unique ? JobKeys.Until(unique, now) : null, cancellationToken))
        {
            return $"Another job held the key '{job.UniqueKey}'.";
        }

        database.Jobs.Add(job);
        // It waits, and begins at once when it is its turn.
        await services.GetRequiredService<JobChanges>().FollowAsync(job, cancellationToken);
        return null;
    }

    [LoggerMessage(4, LogLevel.Error, "Recurring job {RecurringId} is paused: its cron expression '{Cron}' or its time zone '{TimeZone}' cannot be read here")]
    private partial void LogUnreadable(Guid recurringId, string cron, string timeZone);
}
