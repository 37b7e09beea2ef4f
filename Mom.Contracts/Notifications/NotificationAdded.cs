using Mom.Messaging;

namespace Mom.Contracts.Notifications;

/// <summary>A user has a new notification.</summary>
[Message("notification.added.v1", Topic = "notification.added", Priority = MessagePriority.Normal)]
public sealed record NotificationAdded(Guid UserId, Notification Notification);
