using Mom.Messaging;

namespace Mom.Contracts.Notifications;

/// <summary>The answer to <see cref="ListNotifications"/>.</summary>
/// <param name="Unread">How many the user has not seen, whether listed or not.</param>
[Message("notification.list-reply.v1")]
public sealed record NotificationList(IReadOnlyList<Notification> Notifications, int Unread);
