using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Notifications;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Notifications;

/// <summary>Marking twice changes nothing, so this needs no inbox.</summary>
internal sealed class MarkNotificationsReadHandler(MomDbContext database) : IMessageHandler<MarkNotificationsRead>
{
    public Task HandleAsync(MarkNotificationsRead message, MessageContext context, CancellationToken cancellationToken)
    {
        var unread = database.Notifications.Where(row => row.UserId == message.UserId && row.ReadAt == null);
        var seen = message.Ids is { } ids
            ? unread.Where(row => ids.Contains(row.Id))
            : unread.Where(row => row.CreatedAt <= message.At);
        return seen.ExecuteUpdateAsync(row => row.SetProperty(column => column.ReadAt, message.At), cancellationToken);
    }
}
