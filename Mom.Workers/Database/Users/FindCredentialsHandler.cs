using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Users;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

internal sealed class FindCredentialsHandler(MomDbContext database) : IRequestHandler<FindCredentials, Credentials>
{
    public async Task<Credentials> HandleAsync(FindCredentials request, MessageContext context, CancellationToken cancellationToken)
    {
        var email = UserEmail.Normalize(request.Email);
        return await database.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Email == email, cancellationToken) is { } user
            ? new Credentials(user.ToContract(), user.PasswordHash, user.Role)
            : throw new RefusalException(UserErrors.NotFound, "There is no such user.");
    }
}
