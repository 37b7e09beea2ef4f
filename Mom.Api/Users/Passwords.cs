using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Mom.Api.Users.Unicode;
using Mom.Contracts.Users;

namespace Mom.Api.Users;

/// <summary>
/// Hashes and verifies passwords: PBKDF2-HMAC-SHA512 with a salt of 128 bits, in the format of ASP.NET Core Identity, which names the
/// iterations. What is hashed is the password in normal form C (RFC 8265, section 4.2): two keyboards may write one letter in two ways.
/// </summary>
internal sealed class Passwords(IPasswordHasher<User> hasher, HashQueue queue, IOptions<HashingOptions> options)
{
    // Everything longer than a password can be is as wrong as any other: it is not worth more work.
    private const int Longest = PasswordRules.LongestInCharacters;

    private readonly Lazy<string> _nobodysHash = new(() => hasher.HashPassword(null!, Convert.ToHexString(RandomNumberGenerator.GetBytes(32))));

    /// <param name="password">What was typed.</param>
    /// <param name="address">For whom, so that none takes all places.</param>
    /// <param name="cancellationToken">Cancels the waiting for a place.</param>
    /// <exception cref="HashQueueFullException">Too many wait.</exception>
    public Task<string> HashAsync(string password, string address, CancellationToken cancellationToken) =>
        queue.RunAsync(address, () => hasher.HashPassword(null!, NormalForm.C(password)), cancellationToken);

    /// <summary>Verifies a password. It takes the same work for every hash, also when there is none, and so tells nothing.</summary>
    /// <param name="hash">The hash, or <see langword="null"/> when there is no such user.</param>
    /// <inheritdoc cref="HashAsync"/>
    public Task<PasswordVerdict> VerifyAsync(string? hash, string password, string address, CancellationToken cancellationToken) =>
        queue.RunAsync(address, () => Verify(hash, password.Length <= Longest ? password : password[..Longest]), cancellationToken);

    private PasswordVerdict Verify(string? hash, string password)
    {
        var known = hash ?? _nobodysHash.Value;
        var verdict = hasher.VerifyHashedPassword(null!, known, NormalForm.C(password));
        if (verdict is PasswordVerificationResult.Failed && !NormalForm.IsC(password))
        {
            // Hashes of former versions are of what was typed.
            verdict = hasher.VerifyHashedPassword(null!, known, password) is PasswordVerificationResult.Failed
                ? PasswordVerificationResult.Failed
                : PasswordVerificationResult.SuccessRehashNeeded;
        }

        if (verdict is PasswordVerificationResult.Failed)
        {
            MakeUpFor(IterationsOf(known), password);
        }

        return hash is null || verdict is PasswordVerificationResult.Failed
            ? PasswordVerdict.Wrong
            : verdict is PasswordVerificationResult.SuccessRehashNeeded ? PasswordVerdict.RightButOutdated : PasswordVerdict.Right;
    }

    // A hash that was made with fewer iterations would be told by its time from that of nobody.
    private void MakeUpFor(int done, string password)
    {
        if (options.Value.Iterations - done is > 0 and var missing)
        {
            Rfc2898DeriveBytes.Pbkdf2(password, new byte[16], missing, HashAlgorithmName.SHA512, 32);
        }
    }

    // Format 3 of Identity: a byte 1, then pseudo-random function, iterations and length of the salt, each of 4 bytes.
    private static int IterationsOf(string hash)
    {
        Span<byte> bytes = stackalloc byte[256];
        return Convert.TryFromBase64String(hash, bytes, out var length) && length > 9 && bytes[0] == 1 ? (int)BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]) : 0;
    }
}

/// <summary>What a password is worth.</summary>
internal enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, and its hash is to be replaced by a harder one.</summary>
    RightButOutdated,
}
