using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Puts a new job and its first operation on their way, within the caller's transaction.</summary>
internal sealed class JobStarter(MomDbContext database, UnitOfWork work, TimeProvider time)
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

        var now = time.GetUtcNow();
        var job = new JobRow
        {
            Id = request.JobId,
            UserId = request.UserId,
            Type = request.Type,
            Status = JobStatus.Queued,
            TraceId = Activity.Current?.TraceId.ToString(),
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
        work.Send(job.Id, job.Steps[0].ToMessage());
        work.Send(job.Id, new JobChanged(job.UserId, job.ToContract()));
    }
}
