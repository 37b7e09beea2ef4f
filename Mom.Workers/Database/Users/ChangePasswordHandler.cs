using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.Transactions;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

internal sealed class ChangePasswordHandler(UserChanges changes) : ITransactionalRequestHandler<ChangePassword, AccessChanged>
{
    public Task ApplyAsync(ChangePassword request, MessageContext context, CancellationToken cancellationToken) =>
        changes.ApplyAsync(request.UserId, endsSessions: true, request.KeptSession, user => Task.FromResult(Change(user, request)), cancellationToken);

    public Task<AccessChanged> AnswerAsync(ChangePassword request, MessageContext context, CancellationToken cancellationToken) =>
        changes.AnswerAsync(request.UserId, endsSessions: true, request.KeptSession, cancellationToken);

    private UserAuditRow? Change(UserRow user, ChangePassword request)
    {
        if (!string.Equals(user.PasswordHash, request.VerifiedHash, StringComparison.Ordinal))
        {
            throw new RefusalException(UserErrors.PasswordChanged, "The password was changed meanwhile. Log in with the new one.");
        }

        user.PasswordHash = request.PasswordHash;
        return changes.Audit(user.Id, user.Email, UserAuditActions.PasswordChanged);
    }
}

/// <summary>The same password, harder to guess: nothing that its user could notice.</summary>
[Transactional(false)]
internal sealed class RehashPasswordHandler(MomDbContext database) : IMessageHandler<RehashPassword>
{
    // In one statement, and only while the hash is the one that was verified: so it may come twice, and late.
    public Task HandleAsync(RehashPassword message, MessageContext context, CancellationToken cancellationToken) =>
        database.Users.Where(user => user.Id == message.UserId && user.PasswordHash == message.VerifiedHash)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.PasswordHash, message.PasswordHash), cancellationToken);
}
