using Microsoft.EntityFrameworkCore;
using Mom.Contracts.Users;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

/// <summary>Registers a user. The unique index on the address decides between two who come at once.</summary>
internal sealed class CreateUserHandler(MomDbContext database, UserListCache cache, TimeProvider time) : ITransactionalRequestHandler<CreateUser, User>
{
    public Task ApplyAsync(CreateUser request, MessageContext context, CancellationToken cancellationToken) =>
        InsertAsync(request, UserEmail.Normalize(request.Email), cancellationToken);

    public async Task<User> AnswerAsync(CreateUser request, MessageContext context, CancellationToken cancellationToken)
    {
        var email = UserEmail.Normalize(request.Email);
        var user = await database.Users.AsNoTracking().SingleAsync(row => row.Email == email, cancellationToken);
        if (user.Id != request.UserId)
        {
            throw new RefusalException(UserErrors.EmailTaken, "Somebody has registered with this e-mail address already.");
        }

        await cache.DropAsync();
        return user.ToContract();
    }

    private Task<int> InsertAsync(CreateUser request, string email, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.Database.ExecuteSqlAsync(
            $"""
             insert into users (id, first_name, last_name, email, password_hash, role, created_at, updated_at)
             values ({request.UserId}, {request.FirstName}, {request.LastName}, {email}, {request.PasswordHash}, {UserRole.User}, {now}, {now})
             on conflict do nothing
             """,
            cancellationToken);
    }
}
