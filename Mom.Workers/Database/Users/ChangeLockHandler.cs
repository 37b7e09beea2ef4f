using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

internal sealed class ChangeLockHandler(UserChanges changes, Administrators administrators, CurrentCaller caller, TimeProvider time) : ITransactionalRequestHandler<ChangeLock, AccessChanged>
{
    // A login that has read the user before the commit begins a session of the state before, which the lock ends: see UserAccess.
    public Task ApplyAsync(ChangeLock request, MessageContext context, CancellationToken cancellationToken) =>
        changes.ApplyAsync(request.UserId, endsSessions: request.Locked, kept: null, user => ChangeAsync(user, request, cancellationToken), cancellationToken);

    public Task<AccessChanged> AnswerAsync(ChangeLock request, MessageContext context, CancellationToken cancellationToken) =>
        changes.AnswerAsync(request.UserId, endsSessions: request.Locked, kept: null, cancellationToken);

    private async Task<UserAuditRow?> ChangeAsync(UserRow user, ChangeLock request, CancellationToken cancellationToken)
    {
        if (user.LockedAt is not null == request.Locked)
        {
            return null;
        }

        if (request.Locked && string.Equals(user.Role, UserRole.Admin, StringComparison.Ordinal))
        {
            await administrators.DemandAnotherAsync(user.Id, cancellationToken);
        }

        user.LockedAt = request.Locked ? time.GetUtcNow() : null;
        return changes.Audit(user.Id, caller.Name, request.Locked ? UserAuditActions.Locked : UserAuditActions.Unlocked, request.Reason);
    }
}
