using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

internal sealed class ChangeRoleHandler(UserChanges changes, Administrators administrators, CurrentCaller caller) : ITransactionalRequestHandler<ChangeRole, AccessChanged>
{
    public Task ApplyAsync(ChangeRole request, MessageContext context, CancellationToken cancellationToken) =>
        changes.ApplyAsync(request.UserId, endsSessions: false, kept: null, user => ChangeAsync(user, request, cancellationToken), cancellationToken);

    public Task<AccessChanged> AnswerAsync(ChangeRole request, MessageContext context, CancellationToken cancellationToken) =>
        changes.AnswerAsync(request.UserId, endsSessions: false, kept: null, cancellationToken);

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
