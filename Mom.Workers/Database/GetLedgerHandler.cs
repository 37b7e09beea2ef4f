using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Contracts.Notifications;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database;

internal sealed class GetLedgerHandler(MomDbContext database) : IRequestHandler<GetLedger, LedgerFacts>
{
    public async Task<LedgerFacts> HandleAsync(GetLedger request, MessageContext context, CancellationToken cancellationToken)
    {
        // One picture: between two of these queries a job could end.
        await using var snapshot = await database.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var jobs = database.Jobs;
        var open = jobs.Where(job => job.Status == JobStatus.Queued || job.Status == JobStatus.Running);
        // One that waits is touched by nobody until its turn comes, which it does when another of its user ends.
        var silent = open.Where(job => !job.Waiting || !open.Any(other => other.UserId == job.UserId && !other.Waiting));
        var ended = jobs.Where(job => job.Status == JobStatus.Succeeded || job.Status == JobStatus.Failed);
        return new LedgerFacts(
            await jobs.CountAsync(cancellationToken),
            await jobs.CountAsync(job => job.Status == JobStatus.Scheduled, cancellationToken),
            await open.CountAsync(cancellationToken),
            await silent.MinAsync(job => (DateTimeOffset?)job.UpdatedAt, cancellationToken),
            await jobs.CountAsync(job => job.Status == JobStatus.Succeeded && job.Steps.Any(step => step.Result == null), cancellationToken),
            await ended.CountAsync(job => !database.Notifications.Any(notification => notification.JobId == job.Id), cancellationToken),
            await jobs.CountAsync(job => database.Notifications.Count(notification => notification.JobId == job.Id && notification.Kind == Notification.JobSucceeded) > job.Run, cancellationToken),
            await database.Set<OutboxRow>().CountAsync(row => row.DeadAt == null, cancellationToken),
            await database.Set<OutboxRow>().CountAsync(row => row.DeadAt != null, cancellationToken),
            await database.DeadLetters.CountAsync(letter => letter.State == Messaging.EntityFrameworkCore.DeadLetters.DeadLetterState.Dead, cancellationToken),
            await database.Set<OutboxRow>().Where(row => row.DeadAt == null).MinAsync(row => (DateTimeOffset?)row.CreatedAt, cancellationToken));
    }
}
