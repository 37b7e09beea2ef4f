using Microsoft.AspNetCore.SignalR;
using Mom.Contracts;
using Mom.Contracts.Notifications;
using Mom.Messaging.Consuming;
using Mom.Socket.Hubs;

namespace Mom.Socket.Events;

internal sealed class NotificationsReadHandler(IHubContext<UserHub> hub) : IMessageHandler<NotificationsRead>
{
    public Task HandleAsync(NotificationsRead message, MessageContext context, CancellationToken cancellationToken) =>
        hub.Clients.User(message.UserId.ToString()).SendAsync(SocketContract.NotificationsRead, message, cancellationToken);
}
