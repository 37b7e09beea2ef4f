using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Users;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.Errors;
using Mom.Sessions.Store;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

/// <summary>
/// Changes what a user may do. The sessions hear of it by a message that goes out with the commit: a process that dies after it has told
/// nobody leaves the message behind.
/// </summary>
internal sealed class UserChanges(MomDbContext database, UnitOfWork work, TimeProvider time)
{
    /// <summary>Changes a user, in the transaction of the message that asks for it.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="endsSessions">Whether sessions that began before are over, but for <paramref name="kept"/>.</param>
    /// <param name="kept">A session.</param>
    /// <param name="change">Changes the row, and says what goes into the audit, or <see langword="null"/> when nothing changes. Says no with a <see cref="RefusalException"/>.</param>
    /// <param name="cancellationToken">Cancels; nothing has happened then.</param>
    public async Task ApplyAsync(Guid userId, bool endsSessions, string? kept, Func<UserRow, Task<UserAuditRow?>> change, CancellationToken cancellationToken)
    {
        var user = await LockAsync(userId, cancellationToken) ?? throw NotFound();
        if (await change(user) is { } audit)
        {
            // Forward at any rate: clocks of two workers differ, and what is older changes no session. As exact as Postgres keeps it: the message and the
            // row tell the same time.
            var now = time.GetUtcNow().ToMicrosecond();
            user.UpdatedAt = now > user.UpdatedAt ? now : user.UpdatedAt.AddMicroseconds(1);
            database.UserAudit.Add(audit);
            work.Send(userId, Access(user, endsSessions, kept));
        }
    }

    /// <summary>The user's present access, after the commit. Parameters as above.</summary>
    public async Task<AccessChanged> AnswerAsync(Guid userId, bool endsSessions, string? kept, CancellationToken cancellationToken)
    {
        var row = await database.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == userId, cancellationToken) ?? throw NotFound();
        return Access(row, endsSessions, kept);
    }

    public UserAuditRow Audit(Guid userId, string by, string action, string? detail = null) =>
        new() { UserId = userId, At = time.GetUtcNow(), By = by, Action = action, Detail = detail };

    private Task<UserRow?> LockAsync(Guid userId, CancellationToken cancellationToken) =>
        database.Users.FromSql($"select * from users where id = {userId} for update").SingleOrDefaultAsync(cancellationToken);

    private static AccessChanged Access(UserRow user, bool endsSessions, string? kept) =>
        new(user.Id, user.Role, UserAccess.VersionOf(user.UpdatedAt), endsSessions, kept);

    private static RefusalException NotFound() => new(UserErrors.NotFound, "There is no such user.");
}
