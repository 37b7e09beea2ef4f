using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Users;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

/// <summary>There is always somebody who can log in and do what only administrators can.</summary>
internal sealed class Administrators(MomDbContext database)
{
    /// <summary>To be called before a user stops being an administrator who can log in, in the same transaction.</summary>
    /// <exception cref="RefusalException">There is no other one.</exception>
    public async Task DemandAnotherAsync(Guid userId, CancellationToken cancellationToken)
    {
        // One at a time: two administrators who take the role from each other, or lock each other, at once would leave none. The lock ends with the transaction.
        await database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('mom administrators'))", cancellationToken);
        if (!await database.Users.AnyAsync(user => user.Role == UserRole.Admin && user.LockedAt == null && user.Id != userId, cancellationToken))
        {
            throw new RefusalException(UserErrors.LastAdministrator, "This is the last administrator. Make another one first.");
        }
    }
}
