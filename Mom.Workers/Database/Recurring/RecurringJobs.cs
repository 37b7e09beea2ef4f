using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Json;
using Mom.Contracts.Recurring;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Recurring;

/// <summary>What a user does to their recurring jobs. Somebody else's is not there for them.</summary>
internal sealed class RecurringJobs(MomDbContext database, TimeProvider time)
{
    public async Task AddAsync(CreateRecurringJob request, CancellationToken cancellationToken)
    {
        // Two orders of one user follow each other: together they could be one too many, or both the first with their id.
        await database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"recurring jobs of " + request.UserId}, 0))", cancellationToken);
        var json = JsonSerializer.Serialize(request.Job, MomJsonContext.Default.CreateJobBody);
        if (await database.RecurringJobs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.RecurringId, cancellationToken) is { } known)
        {
            if (!IsSame(known, request, json))
            {
                throw new RefusalException(RecurringErrors.IdempotencyConflict, "This idempotency key was used for another recurring job before.");
            }

            return;
        }

        if (await database.RecurringJobs.CountAsync(row => row.UserId == request.UserId, cancellationToken) >= RecurringLimits.PerUser)
        {
            throw new RefusalException(RecurringErrors.TooMany, $"You have {RecurringLimits.PerUser} recurring jobs, as many as a user may have. Delete one first.");
        }

        // The API has looked at it. What is stored here is read again whenever it is due, with those of others: it must not fail then.
        if (!Recurrence.TryParse(request.Cron, request.TimeZone, out var recurrence) || !request.Job.CanBeOrdered())
        {
            throw new PermanentFailureException($"The recurring job {request.RecurringId} cannot be made.");
        }

        var now = time.GetUtcNow();
        database.RecurringJobs.Add(new RecurringJobRow
        {
            Id = request.RecurringId,
            UserId = request.UserId,
            Name = request.Name,
            Cron = request.Cron,
            TimeZone = request.TimeZone,
            Job = json,
            NextRunAt = recurrence.After(now),
            CreatedAt = now,
            UpdatedAt = now,
        });
    }

    /// <summary>Pauses or resumes. What was due meanwhile is not made up for.</summary>
    public async Task PauseAsync(PauseRecurringJob request, CancellationToken cancellationToken)
    {
        var row = await LockAsync(request.RecurringId, request.UserId, cancellationToken);
        if (row.Paused != request.Paused)
        {
            var now = time.GetUtcNow();
            (row.Paused, row.Note, row.UpdatedAt) = (request.Paused, null, now);
            row.NextRunAt = !row.Paused && Recurrence.TryParse(row.Cron, row.TimeZone, out var recurrence) ? recurrence.After(now) : null;
        }
    }

    public async Task DeleteAsync(DeleteRecurringJob request, CancellationToken cancellationToken) =>
        database.RecurringJobs.Remove(await LockAsync(request.RecurringId, request.UserId, cancellationToken));

    /// <summary>As it is after the commit. It may have been deleted meanwhile.</summary>
    public async Task<RecurringJob> FindAsync(Guid id, Guid userId, CancellationToken cancellationToken) =>
        (await database.RecurringJobs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.UserId == userId, cancellationToken) ?? throw NotFound()).ToContract();

    public Task<List<RecurringJobRow>> ListAsync(Guid userId, CancellationToken cancellationToken) =>
        database.RecurringJobs.AsNoTracking().Where(row => row.UserId == userId).OrderBy(row => row.Name).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    private async Task<RecurringJobRow> LockAsync(Guid id, Guid userId, CancellationToken cancellationToken) =>
        await database.RecurringJobs.FromSql($"select * from recurring_jobs where id = {id} and user_id = {userId} for update").SingleOrDefaultAsync(cancellationToken)
        ?? throw NotFound();

    // Postgres stores JSON in its own order and with its own blanks.
    private static bool IsSame(RecurringJobRow row, CreateRecurringJob request, string json) =>
        row.UserId == request.UserId
        && string.Equals(row.Name, request.Name, StringComparison.Ordinal)
        && string.Equals(row.Cron, request.Cron, StringComparison.Ordinal)
        && string.Equals(row.TimeZone, request.TimeZone, StringComparison.Ordinal)
        && string.Equals(JsonSerializer.Serialize(row.Body(), MomJsonContext.Default.CreateJobBody), json, StringComparison.Ordinal);

    private static RefusalException NotFound() => new(RecurringErrors.NotFound, "There is no such recurring job.");
}

internal sealed class CreateRecurringJobHandler(RecurringJobs jobs) : ITransactionalRequestHandler<CreateRecurringJob, RecurringJob>
{
    public Task ApplyAsync(CreateRecurringJob request, MessageContext context, CancellationToken cancellationToken) => jobs.AddAsync(request, cancellationToken);

    public Task<RecurringJob> AnswerAsync(CreateRecurringJob request, MessageContext context, CancellationToken cancellationToken) =>
        jobs.FindAsync(request.RecurringId, request.UserId, cancellationToken);
}

internal sealed class PauseRecurringJobHandler(RecurringJobs jobs) : ITransactionalRequestHandler<PauseRecurringJob, RecurringJob>
{
    public Task ApplyAsync(PauseRecurringJob request, MessageContext context, CancellationToken cancellationToken) => jobs.PauseAsync(request, cancellationToken);

    public Task<RecurringJob> AnswerAsync(PauseRecurringJob request, MessageContext context, CancellationToken cancellationToken) =>
        jobs.FindAsync(request.RecurringId, request.UserId, cancellationToken);
}

internal sealed class DeleteRecurringJobHandler(RecurringJobs jobs) : ITransactionalRequestHandler<DeleteRecurringJob, RecurringJobDeleted>
{
    public Task ApplyAsync(DeleteRecurringJob request, MessageContext context, CancellationToken cancellationToken) => jobs.DeleteAsync(request, cancellationToken);

    public Task<RecurringJobDeleted> AnswerAsync(DeleteRecurringJob request, MessageContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new RecurringJobDeleted(request.RecurringId));
}

internal sealed class ListRecurringJobsHandler(RecurringJobs jobs) : IRequestHandler<ListRecurringJobs, RecurringJobList>
{
    public async Task<RecurringJobList> HandleAsync(ListRecurringJobs request, MessageContext context, CancellationToken cancellationToken) =>
        new([.. (await jobs.ListAsync(request.UserId, cancellationToken)).Select(row => row.ToContract())]);
}

internal sealed class GetRecurringJobHandler(RecurringJobs jobs) : IRequestHandler<GetRecurringJob, RecurringJob>
{
    public Task<RecurringJob> HandleAsync(GetRecurringJob request, MessageContext context, CancellationToken cancellationToken) =>
        jobs.FindAsync(request.RecurringId, request.UserId, cancellationToken);
}
