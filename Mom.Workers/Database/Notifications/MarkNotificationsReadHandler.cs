using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Notifications;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Notifications;

/// <summary>Marks notifications, and tells the user's windows with the same commit. A second delivery tells nobody again.</summary>
internal sealed class MarkNotificationsReadHandler(MomDbContext database, UnitOfWork work) : IMessageHandler<MarkNotificationsRead>
{
    public async Task HandleAsync(MarkNotificationsRead message, MessageContext context, CancellationToken cancellationToken)
    {
        var unread = database.Notifications.Where(row => row.UserId == message.UserId && row.ReadAt == null);
        var seen = message.Ids is { } ids
            ? unread.Where(row => ids.Contains(row.Id))
            : unread.Where(row => row.CreatedAt <= message.At);
        await seen.ExecuteUpdateAsync(row => row.SetProperty(column => column.ReadAt, message.At), cancellationToken);
        work.Push(message.UserId, new NotificationsRead(message.UserId, message.Ids, message.At));
    }
}
