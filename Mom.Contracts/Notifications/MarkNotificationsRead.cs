using Mom.Messaging;

namespace Mom.Contracts.Notifications;

/// <summary>A user has seen notifications. Nobody waits for it.</summary>
/// <param name="Ids">Which; <see langword="null"/> for all that were made up to <paramref name="At"/>.</param>
/// <param name="At">When they were seen.</param>
[Message("notification.mark-read.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Normal)]
public sealed record MarkNotificationsRead(Guid UserId, IReadOnlyList<Guid>? Ids, DateTimeOffset At);

/// <summary>A user has seen notifications, in one window: the others are told.</summary>
/// <param name="Ids">Which; <see langword="null"/> for all that were made up to <paramref name="At"/>.</param>
/// <param name="At">When they were seen.</param>
[Message("notification.read.v1", Topic = "notification.read", Priority = MessagePriority.Normal, Mandatory = false)]
public sealed record NotificationsRead(Guid UserId, IReadOnlyList<Guid>? Ids, DateTimeOffset At);

/// <summary>Body of <c>POST /notification/read</c>.</summary>
/// <param name="Ids">Which notifications were seen; without it, all of them.</param>
public sealed record MarkReadBody(IReadOnlyList<Guid>? Ids = null);
