using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Users;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

internal sealed class ChangeRoleHandler(MomDbContext database, UserChanges changes, CurrentCaller caller) : IRequestHandler<ChangeRole, AccessChanged>
{
    public Task<AccessChanged> HandleAsync(ChangeRole request, MessageContext context, CancellationToken cancellationToken) =>
        changes.ApplyAsync(request.UserId, context, endsSessions: false, kept: null, user => ChangeAsync(user, request, cancellationToken), cancellationToken);

    private async Task<UserAuditRow?> ChangeAsync(UserRow user, ChangeRole request, CancellationToken cancellationToken)
    {
        if (string.Equals(user.Role, request.Role, StringComparison.Ordinal))
        {
            return null;
        }

        if (string.Equals(user.Role, UserRole.Admin, StringComparison.Ordinal) && !await IsAnotherThereAsync(user.Id, cancellationToken))
        {
            throw new RefusalException(UserErrors.LastAdministrator, "This is the last administrator. Make another one first.");
        }

        var audit = changes.Audit(user.Id, caller.Name, UserAuditRow.RoleChanged, $"{user.Role} to {request.Role}");
        user.Role = request.Role;
        return audit;
    }

    // One at a time: two administrators who take the role from each other at once would leave none. The lock ends with the transaction.
    private async Task<bool> IsAnotherThereAsync(Guid userId, CancellationToken cancellationToken)
    {
        await database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('mom administrators'))", cancellationToken);
        return await database.Users.AnyAsync(user => user.Role == UserRole.Admin && user.Id != userId, cancellationToken);
    }
}
