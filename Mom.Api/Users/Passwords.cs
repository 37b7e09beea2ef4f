using Microsoft.AspNetCore.Identity;
using Mom.Contracts.Users;

namespace Mom.Api.Users;

/// <summary>
/// Hashes and verifies passwords (PBKDF2, the format of ASP.NET Core Identity). Only as many at a time as there are processors:
/// hashing is slow on purpose, and a rush of logins must not keep other requests from running.
/// </summary>
internal sealed class Passwords : IDisposable
{
    private readonly IPasswordHasher<User> _hasher;
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);
    private readonly string _nobodysHash;

    public Passwords(IPasswordHasher<User> hasher)
    {
        _hasher = hasher;
        _nobodysHash = hasher.HashPassword(null!, Guid.NewGuid().ToString());
    }

    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        RunAsync(() => _hasher.HashPassword(null!, password), cancellationToken);

    /// <param name="hash">The hash, or <see langword="null"/> when there is no such user: that takes just as long, and tells nothing.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="cancellationToken">Cancels the waiting for a place.</param>
    public Task<bool> VerifyAsync(string? hash, string password, CancellationToken cancellationToken) =>
        RunAsync(
            () => _hasher.VerifyHashedPassword(null!, hash ?? _nobodysHash, password) != PasswordVerificationResult.Failed && hash is not null,
            cancellationToken);

    public void Dispose() => _places.Dispose();

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _places.Release();
        }
    }
}
