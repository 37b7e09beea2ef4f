using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Notifications;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Notifications;

internal sealed class ListNotificationsHandler(MomDbContext database) : IRequestHandler<ListNotifications, NotificationList>
{
    private const int MaxLimit = 100;

    public async Task<NotificationList> HandleAsync(ListNotifications request, MessageContext context, CancellationToken cancellationToken)
    {
        var own = database.Notifications.AsNoTracking().Where(row => row.UserId == request.UserId);
        var unread = own.Where(row => row.ReadAt == null);
        var rows = await (request.UnreadOnly ? unread : own)
            .OrderByDescending(row => row.CreatedAt)
            .Take(int.Clamp(request.Limit, 1, MaxLimit))
            .ToListAsync(cancellationToken);
        return new NotificationList([.. rows.Select(row => row.ToContract())], await unread.CountAsync(cancellationToken));
    }
}
