using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Messaging.Consuming;
using Mom.Workers.Database.Callers;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

/// <summary>Nothing of the user changes but their state: what began with an older one is over.</summary>
internal sealed class EndSessionsHandler(UserChanges changes, CurrentCaller caller) : ITransactionalRequestHandler<EndSessions, AccessChanged>
{
    public Task ApplyAsync(EndSessions request, MessageContext context, CancellationToken cancellationToken) => changes.ApplyAsync(
        request.UserId,
        endsSessions: true,
        kept: null,
        user => Task.FromResult<UserAuditRow?>(changes.Audit(user.Id, caller.Name, UserAuditActions.SessionsEnded)),
        cancellationToken);

    public Task<AccessChanged> AnswerAsync(EndSessions request, MessageContext context, CancellationToken cancellationToken) =>
        changes.AnswerAsync(request.UserId, endsSessions: true, kept: null, cancellationToken);
}
