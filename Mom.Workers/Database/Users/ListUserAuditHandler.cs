using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

internal sealed class ListUserAuditHandler(MomDbContext database) : IRequestHandler<ListUserAudit, UserAuditList>
{
    private const int MaxLimit = 1_000;

    public async Task<UserAuditList> HandleAsync(ListUserAudit request, MessageContext context, CancellationToken cancellationToken) => new(
        await database.UserAudit.AsNoTracking()
            .Where(row => row.UserId == request.UserId)
            .OrderByDescending(row => row.Id)
            .Take(int.Clamp(request.Limit, 1, MaxLimit))
            .Select(row => new UserAuditEntry(row.At, row.By, row.Action, row.Detail))
            .ToListAsync(cancellationToken));
}
