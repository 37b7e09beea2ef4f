using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Contracts.Notifications;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>
/// What follows from the outcome of an operation, in one transaction: the job's new state, its next operation or its end with a
/// notification, and the events for the user.
/// </summary>
internal sealed class JobOutcomes(MomDbContext database, UnitOfWork work, TimeProvider time)
{
    /// <param name="jobId">Whose operation it was.</param>
    /// <param name="context">The delivery that tells of it.</param>
    /// <param name="transition">Applies the outcome; false when it changes nothing.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    public Task ApplyAsync(Guid jobId, MessageContext context, Func<JobRow, DateTimeOffset, bool> transition, CancellationToken cancellationToken)
    {
        Activity.Current?.SetTag("mom.job.id", jobId);
        return work.RunOnceAsync(
            context,
            async () =>
            {
                var job = await LockAsync(jobId, cancellationToken);
                if (transition(job, time.GetUtcNow()))
                {
                    Follow(job);
                }
            },
            cancellationToken);
    }

    // Locked, so that two outcomes of one job follow each other.
    private async Task<JobRow> LockAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var job = await database.Jobs.FromSql($"select * from jobs where id = {jobId} for update").SingleOrDefaultAsync(cancellationToken)
            ?? throw new PermanentFailureException($"There is no job {jobId}.");
        await database.Entry(job).Collection(row => row.Steps).LoadAsync(cancellationToken);
        return job;
    }

    private void Follow(JobRow job)
    {
        if (JobTransitions.Next(job) is { } next)
        {
            work.Send(job.Id, next.ToMessage());
        }

        work.Send(job.Id, new JobChanged(job.UserId, job.ToContract()));
        if (job.Status.IsTerminal())
        {
            Notify(job);
        }
    }

    private void Notify(JobRow job)
    {
        var notification = new NotificationRow
        {
            Id = Guid.CreateVersion7(),
            UserId = job.UserId,
            JobId = job.Id,
            Kind = job.Status == JobStatus.Succeeded ? "job.succeeded" : "job.failed",
            Text = job.Status == JobStatus.Succeeded
                ? $"Your {job.Type} job with {Count(job.Steps.Count)} is done."
                : $"Your {job.Type} job failed. {job.Error}",
            CreatedAt = job.UpdatedAt,
        };
        database.Notifications.Add(notification);
        work.Send(job.Id, new NotificationAdded(job.UserId, notification.ToContract()));
    }

    private static string Count(int operations) => operations == 1 ? "one operation" : $"{operations} operations";
}
