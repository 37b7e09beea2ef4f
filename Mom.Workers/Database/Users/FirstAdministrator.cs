using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Mom.Contracts.Users;
using Mom.Workers.Database.Model;

namespace Mom.Workers.Database.Users;

/// <summary>Makes the administrator that <c>Admin:Email</c> and <c>Admin:Password</c> name, unless somebody has that address already.</summary>
internal static class FirstAdministrator
{
    public static async Task EnsureAsync(MomDbContext database, IConfiguration configuration, TimeProvider time, CancellationToken cancellationToken)
    {
        if (configuration["Admin:Email"] is not { Length: > 0 } email || configuration["Admin:Password"] is not { Length: > 0 } password)
        {
            return;
        }

        email = UserEmail.Normalize(email);
        var hasher = new PasswordHasher<UserRow>(Options.Create(new PasswordHasherOptions { IterationCount = PasswordHashing.Iterations }));
        var hash = hasher.HashPassword(null!, password);
        var now = time.GetUtcNow();
        await database.Database.ExecuteSqlAsync(
            $"""
             insert into users (id, first_name, last_name, email, password_hash, role, created_at, updated_at)
             values ({Guid.CreateVersion7()}, 'Mom', 'Admin', {email}, {hash}, {UserRole.Admin}, {now}, {now})
             on conflict (email) do nothing
             """,
            cancellationToken);
    }
}
