using Mom.Messaging;

namespace Mom.Contracts.Notifications;

/// <summary>Something that a user should know, kept until they have seen it.</summary>
/// <param name="Kind">What happened: <see cref="JobSucceeded"/> or <see cref="JobFailed"/>.</param>
/// <param name="Text">One sentence for the user.</param>
/// <param name="JobId">The job it is about.</param>
/// <param name="ReadAt">When the user has seen it; <see langword="null"/> while unread.</param>
public sealed record Notification(Guid Id, string Kind, string Text, Guid? JobId, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt)
{
    /// <summary>A job has succeeded: at most once in each of its runs.</summary>
    public const string JobSucceeded = "job.succeeded";

    /// <summary>A job has failed: once more when what failed is tried again and fails again.</summary>
    public const string JobFailed = "job.failed";
}

/// <summary>A user has a new notification.</summary>
[Message("notification.added.v1", Topic = "notification.added", Priority = MessagePriority.Normal, Mandatory = false)]
public sealed record NotificationAdded(Guid UserId, Notification Notification);
