using System.Security.Cryptography;
using System.Text;

namespace Mom.Contracts;

/// <summary>Ids that are determined by what they are of: however often and wherever a thing is made, it has the same.</summary>
public static class DerivedId
{
    /// <summary>A UUID of version 8 (RFC 9562, section 5.8) from a hash.</summary>
    /// <param name="owner">Whose thing it is, without a line feed.</param>
    /// <param name="key">What tells it from the owner's other things.</param>
    public static Guid Of(string owner, string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{key}")).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
