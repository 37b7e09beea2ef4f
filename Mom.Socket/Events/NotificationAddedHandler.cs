using Microsoft.AspNetCore.SignalR;
using Mom.Contracts;
using Mom.Contracts.Notifications;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Socket.Hubs;

namespace Mom.Socket.Events;

internal sealed class NotificationAddedHandler(IHubContext<UserHub> hub) : IMessageHandler<NotificationAdded>
{
    public Task HandleAsync(NotificationAdded message, MessageContext context, CancellationToken cancellationToken)
    {
        MessageTags.Set("mom.job.id", message.Notification.JobId);
        return hub.Clients.User(message.UserId.ToString()).SendAsync(SocketContract.NotificationAdded, message.Notification, cancellationToken);
    }
}
