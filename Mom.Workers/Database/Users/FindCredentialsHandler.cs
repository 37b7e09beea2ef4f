using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Users;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

/// <summary>A locked user is not there: a login has the same answer, after the same work, as with an unknown address. Somebody who guesses learns nothing.</summary>
/// <remarks>https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html#authentication-and-error-messages: a locked account is not told from a wrong password.</remarks>
internal sealed class FindCredentialsHandler(MomDbContext database) : IRequestHandler<FindCredentials, Credentials>
{
    public async Task<Credentials> HandleAsync(FindCredentials request, MessageContext context, CancellationToken cancellationToken)
    {
        var email = UserEmail.Normalize(request.Email);
        return await database.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Email == email && row.LockedAt == null, cancellationToken) is { } user
            ? new Credentials(user.ToContract(), user.PasswordHash, user.Role)
            : throw new RefusalException(UserErrors.NotFound, "There is no such user.");
    }
}
