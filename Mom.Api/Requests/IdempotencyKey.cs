using System.Security.Cryptography;
using System.Text;

namespace Mom.Api.Requests;

/// <summary>
/// The header <c>Idempotency-Key</c>. The key and its owner determine the id of what is made, so that however often a request is
/// sent, and by whichever replica it is received, it makes one thing.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 200;

    /// <summary>The id for what a request makes: a new one, or always the same for this owner and key.</summary>
    /// <returns>False when the key is not 1 to 200 visible ASCII characters.</returns>
    public static bool TryGetId(HttpRequest request, string owner, FieldErrors errors, out Guid id)
    {
        id = Guid.CreateVersion7();
        if (!request.Headers.TryGetValue(Header, out var values))
        {
            return true;
        }

        var key = values.ToString();
        if (key.Length is 0 or > MaxLength || key.Any(character => character is < '!' or > '~'))
        {
            errors.Add(Header, $"A key is 1 to {MaxLength} visible ASCII characters.");
            return false;
        }

        id = Derive(owner, key);
        return true;
    }

    /// <summary>A UUID of version 8 (RFC 9562, section 5.8) from a hash.</summary>
    internal static Guid Derive(string owner, string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{key}")).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
