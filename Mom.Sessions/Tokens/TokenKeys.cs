using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Mom.Sessions.Tokens;

/// <summary>Who issues tokens, for whom, and with which keys.</summary>
/// <remarks>A key's id (<c>kid</c>) is its thumbprint (RFC 7638): nobody has to agree on names.</remarks>
internal sealed class TokenKeys(IOptions<JwtOptions> options)
{
    public const string Issuer = "mom";
    public const string Audience = "mom";

    /// <summary>ES256 (RFC 7518, section 3.4): a service that checks tokens cannot make them.</summary>
    public const string Algorithm = SecurityAlgorithms.EcdsaSha256;

    /// <summary>An access token, and no other kind of JWT (RFC 9068, section 2.1).</summary>
    public const string Type = "at+jwt";

    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>All keys whose tokens are taken.</summary>
    public IReadOnlyList<ECDsaSecurityKey> Checking { get; } = [.. CheckingKeys(options.Value)];

    /// <exception cref="InvalidOperationException">This service has no key to sign with.</exception>
    public SigningCredentials Signing() => options.Value.Key.Length > 0
        ? new SigningCredentials(Private(options.Value.Key), Algorithm)
        : throw new InvalidOperationException("This service checks tokens, and cannot issue them: Jwt:Key is not set.");

    /// <exception cref="FormatException">It is not base64.</exception>
    /// <exception cref="CryptographicException">It is no such key.</exception>
    public static ECDsaSecurityKey Private(string base64) => Import(base64, static (key, bytes) => key.ImportPkcs8PrivateKey(bytes, out _));

    /// <inheritdoc cref="Private"/>
    public static ECDsaSecurityKey Public(string base64) => Import(base64, static (key, bytes) => key.ImportSubjectPublicKeyInfo(bytes, out _));

    /// <summary>The settings' public keys, one by one.</summary>
    public static string[] Split(string keys) => keys.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<ECDsaSecurityKey> CheckingKeys(JwtOptions options)
    {
        var keys = Split(options.PublicKeys).Select(Public);
        if (options.Key.Length > 0)
        {
            var own = ECDsa.Create(Private(options.Key).ECDsa.ExportParameters(includePrivateParameters: false));
            keys = keys.Prepend(Named(own));
        }

        return keys.DistinctBy(key => key.KeyId, StringComparer.Ordinal);
    }

    private static ECDsaSecurityKey Import(string base64, Action<ECDsa, byte[]> import)
    {
        var key = ECDsa.Create();
        import(key, Convert.FromBase64String(base64));
        return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value is P256
            ? Named(key)
            : throw new CryptographicException("It is not on the curve P-256.");
    }

    private static ECDsaSecurityKey Named(ECDsa ecdsa)
    {
        var key = new ECDsaSecurityKey(ecdsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }
}
