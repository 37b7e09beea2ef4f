using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Mom.Testing;

namespace Mom.Tests.Security;

/// <summary>A token in its parts, to be changed and put together again; signed with the key of the system under test unless another is given.</summary>
internal sealed class TokenParts
{
    /// <summary>The private key that the API signs with.</summary>
    public static readonly byte[] OwnKey = Convert.FromBase64String(RunSettings.SigningKey);

    private readonly Dictionary<string, object?> _header;
    private readonly Dictionary<string, object?> _claims;

    public TokenParts(string token)
    {
        var parts = token.Split('.');
        (_header, _claims) = (Read(parts[0]), Read(parts[1]));
    }

    private TokenParts(Dictionary<string, object?> header, Dictionary<string, object?> claims) => (_header, _claims) = (header, claims);

    private string Content => $"{Write(_header)}.{Write(_claims)}";

    public TokenParts Header(string name, object? value) => new(With(_header, name, value), _claims);

    public TokenParts Claim(string name, object? value) => new(_header, With(_claims, name, value));

    public string Text(string claim) => _claims[claim]!.ToString()!;

    public string Unsigned() => $"{Content}.";

    public string Hashed(byte[] secret) => $"{Content}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(Content)))}";

    public string Signed()
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(OwnKey, out _);
        return Signed(key);
    }

    public string Signed(ECDsa key) => $"{Content}.{Base64UrlEncoder.Encode(key.SignData(Encoding.ASCII.GetBytes(Content), HashAlgorithmName.SHA256))}";

    public string SignedAs(TokenParts other) => $"{Content}.{other.Signed().Split('.')[2]}";

    private static Dictionary<string, object?> Read(string part) => JsonSerializer.Deserialize<Dictionary<string, object?>>(Base64UrlEncoder.Decode(part))!;

    private static string Write(Dictionary<string, object?> part) => Base64UrlEncoder.Encode(JsonSerializer.Serialize(part));

    private static Dictionary<string, object?> With(Dictionary<string, object?> part, string name, object? value)
    {
        var changed = new Dictionary<string, object?>(part, StringComparer.Ordinal) { [name] = value };
        if (value is null)
        {
            changed.Remove(name);
        }

        return changed;
    }
}
