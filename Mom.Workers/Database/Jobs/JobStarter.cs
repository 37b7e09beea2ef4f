using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Puts a new job and its first operation on their way, or notes when it is due, within the caller's transaction.</summary>
internal sealed class JobStarter(MomDbContext database, JobChanges changes, TimeProvider time)
{
    /// <summary>Does nothing when there is a job with this id already: the same request may come in two messages.</summary>
    public async Task StartAsync(CreateJob request, CancellationToken cancellationToken)
    {
        // Two messages with the same idempotency key wait for each other here; the second then sees the first's job.
        await database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({request.JobId.ToString()}, 0))", cancellationToken);
        if (await database.Jobs.AnyAsync(row => row.Id == request.JobId, cancellationToken))
        {
            return;
        }

        var now = time.GetUtcNow().ToMicrosecond();
        var job = new JobRow
        {
            Id = request.JobId,
            UserId = request.UserId,
            Type = request.Type,
            Status = request.RunAt > now ? JobStatus.Scheduled : JobStatus.Queued,
            Waiting = request.RunAt is not { } due || due <= now,
            TraceId = Activity.Current?.TraceId.ToString(),
            TraceParent = Activity.Current?.Id,
            RunAt = request.RunAt?.ToUniversalTime(),
            CreatedAt = now,
            UpdatedAt = now,
            Steps =
            [
                .. request.Operations.Select((operation, position) => new JobStepRow
                {
                    JobId = request.JobId,
                    Position = position,
                    Method = operation.Method,
                    Numbers = [.. operation.Numbers],
                }),
            ],
        };
        database.Jobs.Add(job);
        await changes.FollowAsync(job, cancellationToken);
    }
}
