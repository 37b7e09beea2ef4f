using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

internal sealed class ListAllUsersHandler(MomDbContext database) : IRequestHandler<ListAllUsers, AdminUserPage>
{
    public async Task<AdminUserPage> HandleAsync(ListAllUsers request, MessageContext context, CancellationToken cancellationToken)
    {
        var users = database.Users.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(request.Text))
        {
            var pattern = SearchPattern.Containing(request.Text);
            users = users.Where(user => EF.Functions.ILike(user.Email, pattern, "\\") || EF.Functions.ILike(user.FirstName + " " + user.LastName, pattern, "\\"));
        }

        var page = await users
            .OrderByDescending(user => user.CreatedAt).ThenByDescending(user => user.Id)
            .Page(request.Page, request.PageSize)
            .Select(user => new { User = user, Jobs = database.Jobs.Count(job => job.UserId == user.Id) })
            .ToListAsync(cancellationToken);
        return new AdminUserPage(
            [.. page.Select(row => new AdminUser(row.User.ToContract(), row.User.Role, row.Jobs, row.User.LockedAt))],
            await users.CountAsync(cancellationToken));
    }
}
