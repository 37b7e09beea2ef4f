using Mom.Messaging;

namespace Mom.Contracts.Notifications;

/// <summary>The notifications of one user, newest first.</summary>
/// <param name="UnreadOnly">Only those that they have not seen.</param>
/// <param name="Limit">At most so many, 1 to 100.</param>
[Message("notification.list.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record ListNotifications(Guid UserId, bool UnreadOnly, int Limit) : IRequest<NotificationList>;

/// <summary>The answer to <see cref="ListNotifications"/>.</summary>
/// <param name="Unread">How many the user has not seen, whether listed or not.</param>
[Message("notification.list-reply.v1")]
public sealed record NotificationList(IReadOnlyList<Notification> Notifications, int Unread);
