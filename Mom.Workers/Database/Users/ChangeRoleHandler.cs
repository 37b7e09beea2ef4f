using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

internal sealed class ChangeRoleHandler(UserChanges changes, Administrators administrators, CurrentCaller caller) : IRequestHandler<ChangeRole, AccessChanged>
{
    public Task<AccessChanged> HandleAsync(ChangeRole request, MessageContext context, CancellationToken cancellationToken) =>
        changes.ApplyAsync(request.UserId, context, endsSessions: false, kept: null, user => ChangeAsync(user, request, cancellationToken), cancellationToken);

    private async Task<UserAuditRow?> ChangeAsync(UserRow user, ChangeRole request, CancellationToken cancellationToken)
    {
        if (string.Equals(user.Role, request.Role, StringComparison.Ordinal))
        {
            return null;
        }

        if (string.Equals(user.Role, UserRole.Admin, StringComparison.Ordinal))
        {
            await administrators.DemandAnotherAsync(user.Id, cancellationToken);
        }

        var audit = changes.Audit(user.Id, caller.Name, UserAuditActions.RoleChanged, $"{user.Role} to {request.Role}");
        user.Role = request.Role;
        return audit;
    }
}
