using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Accepts a job: its row and the message for its first operation are committed together, before the caller hears of it.</summary>
internal sealed class CreateJobHandler(MomDbContext database, UnitOfWork work, JobStarter starter, UnfinishedJobs unfinished) : IRequestHandler<CreateJob, Job>
{
    public async Task<Job> HandleAsync(CreateJob request, MessageContext context, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", request.JobId);
        await unfinished.DemandRoomAsync(request.UserId, database.Jobs.Where(row => row.Id == request.JobId), context, cancellationToken);
        await work.RunOnceAsync(context, () => starter.StartAsync(request, cancellationToken), cancellationToken);
        var job = Accepted(request.JobId) ?? await StoredAsync(request.JobId, cancellationToken);
        return job.UserId == request.UserId && IsSame(job, request)
            ? job.ToContract()
            : throw new RefusalException(JobErrors.IdempotencyConflict, "This idempotency key was used for another job before.");
    }

    // The job as this transaction has made it: what is read now may already have been worked on.
    private JobRow? Accepted(Guid id) => database.Jobs.Local.FindEntry(id)?.Entity;

    private Task<JobRow> StoredAsync(Guid id, CancellationToken cancellationToken) =>
        database.Jobs.AsNoTracking().Include(row => row.Steps).SingleAsync(row => row.Id == id, cancellationToken);

    private static bool IsSame(JobRow job, CreateJob request) =>
        string.Equals(job.Type, request.Type, StringComparison.Ordinal)
        && job.RunAt == request.RunAt
        && job.Steps.Count == request.Operations.Count
        && job.InOrder().Zip(request.Operations).All(pair =>
            string.Equals(pair.First.Method, pair.Second.Method, StringComparison.Ordinal)
            && pair.First.Numbers.SequenceEqual(pair.Second.Numbers, StringComparer.Ordinal));
}
