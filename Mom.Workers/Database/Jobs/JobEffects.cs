using Mom.Contracts.Jobs;
using Mom.Messaging.Publishing;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Jobs;

/// <summary>What follows from a change of a job. Pure: it changes the row that it is given, and its caller stores and sends.</summary>
internal static class JobEffects
{
    /// <summary>
    /// The messages of the operations that are to be worked on now and are not in flight; none when it is not the job's turn. And none for a job of a type
    /// that only a newer version knows: it waits, until the reconciler of that version finds it.
    /// </summary>
    public static IReadOnlyList<object> Next(JobRow job, DateTimeOffset now) => Messages(job, now, inFlight: false);

    /// <summary>The same, with those in flight.</summary>
    public static IReadOnlyList<object> Again(JobRow job, DateTimeOffset now) => Messages(job, now, inFlight: true);

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

    private static List<object> Messages(JobRow job, DateTimeOffset now, bool inFlight)
    {
        if (job.Waiting || job.Status is not (JobStatus.Queued or JobStatus.Running) || JobTypes.Find(job.Type) is not { } type)
        {
            return [];
        }

        var graph = new JobGraph(job);
        var messages = new List<object>();
        foreach (var step in graph.Current.Where(step => inFlight || step.QueuedAt is null))
        {
            step.QueuedAt ??= now;
            messages.Add(type.ToMessage(job.Id, step.Position, step.Method, graph.Numbers(step), job.Run));
        }

        return messages;
    }
}
