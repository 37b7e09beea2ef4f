using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Jobs;
using Mom.Contracts.Notifications;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>Reads a job to change it, and sends on what follows from a change, all in the caller's transaction.</summary>
internal sealed partial class JobChanges(MomDbContext database, UnitOfWork work, ILogger<JobChanges> logger)
{
    /// <summary>The job with its operations, locked so that two changes of one job follow each other; <see langword="null"/> when there is none.</summary>
    public async Task<JobRow?> LockAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var job = await database.Jobs.FromSql($"select * from jobs where id = {jobId} for update").SingleOrDefaultAsync(cancellationToken);
        if (job is not null)
        {
            await database.Entry(job).Collection(row => row.Steps).LoadAsync(cancellationToken);
        }

        return job;
    }

    /// <summary>After a change of state: the next operation or the end with its notification, and the events for the user.</summary>
    public void Follow(JobRow job)
    {
        SendNext(job);
        Announce(job);
        if (job.Status is JobStatus.Succeeded or JobStatus.Failed)
        {
            Notify(job);
        }

        // Its beginning and its end; what lies between stands in the trace.
        if (job.Status != JobStatus.Running)
        {
            work.AfterCommit(() => LogChanged(job.Id, job.Status, job.Steps.Count(step => step.Result is not null), job.Steps.Count));
        }
    }

    /// <summary>Counts a change, and tells the user's pages of it. To be called once all of the change is made.</summary>
    public void Announce(JobRow job)
    {
        job.Version++;
        work.Push(job.Id, new JobChanged(job.UserId, job.ToContract()));
    }

    /// <summary>Sends the message of the operation that is to be worked on now, if there is one.</summary>
    /// <returns>Whether there is.</returns>
    public bool SendNext(JobRow job)
    {
        if (JobTransitions.Next(job) is not { } next)
        {
            return false;
        }

        work.Send(job.Id, next.ToMessage(job.Run));
        return true;
    }

    private void Notify(JobRow job)
    {
        var notification = new NotificationRow
        {
            Id = Guid.CreateVersion7(),
            UserId = job.UserId,
            JobId = job.Id,
            Kind = job.Status == JobStatus.Succeeded ? Notification.JobSucceeded : Notification.JobFailed,
            Text = job.Status == JobStatus.Succeeded
                ? $"Your {job.Type} job with {Count(job.Steps.Count)} is done."
                : $"Your {job.Type} job failed. {job.Error}",
            CreatedAt = job.UpdatedAt,
        };
        database.Notifications.Add(notification);
        work.Push(job.Id, new NotificationAdded(job.UserId, notification.ToContract()));
    }

    [LoggerMessage(1, LogLevel.Information, "Job {JobId} is {Status}: {Completed} of {Total} operations are done")]
    private partial void LogChanged(Guid jobId, JobStatus status, int completed, int total);

    private static string Count(int operations) => operations == 1 ? "one operation" : $"{operations} operations";
}
