using Mom.Contracts.Jobs;
using Mom.Messaging.Publishing;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>What follows from a change of a job. Pure: it changes the row that it is given, and its caller stores and sends.</summary>
internal static class JobEffects
{
    /// <summary>The message of the operation that is to be worked on now; <see langword="null"/> when there is none, or when it is not the job's turn.</summary>
    public static object? Next(JobRow job, DateTimeOffset now)
    {
        if (job.Waiting || JobTransitions.Next(job) is not { } next)
        {
            return null;
        }

        next.QueuedAt ??= now;
        return next.ToMessage(job.Run);
    }

    /// <summary>How the message of an operation is sent: with the priority of its job.</summary>
    public static PublishOptions OptionsOf(JobRow job) => new() { Priority = job.Priority.ForMessages() };

    /// <summary>Counts a change. To be called once all of the change is made.</summary>
    /// <returns>The event that tells the user's pages of it.</returns>
    public static JobChanged Changed(JobRow job)
    {
        job.Version++;
        return new JobChanged(job.UserId, job.ToContract());
    }

    /// <summary>What its user is told of its end; <see langword="null"/> while it has not ended, and where the user has ended it.</summary>
    public static NotificationRow? Notification(JobRow job) => job.Status is JobStatus.Succeeded or JobStatus.Failed
        ? new NotificationRow
        {
            Id = Guid.CreateVersion7(),
            UserId = job.UserId,
            JobId = job.Id,
            Kind = job.Status == JobStatus.Succeeded ? Contracts.Notifications.Notification.JobSucceeded : Contracts.Notifications.Notification.JobFailed,
            Text = NotificationText.Of(job.ToContract()),
            CreatedAt = job.UpdatedAt,
        }
        : null;

    /// <summary>Whether a change is worth a line in the log: its beginning and its end; what lies between stands in the trace.</summary>
    public static bool IsLogged(JobRow job) => job.Status != JobStatus.Running;
}
