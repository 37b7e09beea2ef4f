namespace Mom.Contracts.Notifications;

/// <summary>Something that a user should know, kept until they have seen it.</summary>
/// <param name="Kind">What happened: <c>job.succeeded</c> or <c>job.failed</c>.</param>
/// <param name="Text">One sentence for the user.</param>
/// <param name="JobId">The job it is about.</param>
/// <param name="ReadAt">When the user has seen it; <see langword="null"/> while unread.</param>
public sealed record Notification(Guid Id, string Kind, string Text, Guid? JobId, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt);
