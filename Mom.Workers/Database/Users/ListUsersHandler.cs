using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Users;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

internal sealed class ListUsersHandler(MomDbContext database) : IRequestHandler<ListUsers, UserList>
{
    private const int MaxLimit = 1_000;

    public async Task<UserList> HandleAsync(ListUsers request, MessageContext context, CancellationToken cancellationToken)
    {
        var users = await database.Users.AsNoTracking()
            .OrderByDescending(user => user.CreatedAt)
            .Take(int.Clamp(request.Limit, 1, MaxLimit))
            .ToListAsync(cancellationToken);
        return new UserList([.. users.Select(user => user.ToContract())]);
    }
}
