using System.Security.Cryptography;

namespace Mom.Contracts.Callers;

/// <summary>Pairs of keys of the curve P-256: those that sign tokens, and those by which the API says who its callers are.</summary>
public static class P256KeyPair
{
    /// <summary>A new private key: PKCS #8 in base64.</summary>
    public static string New()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    /// <summary>The public key of a private one: SubjectPublicKeyInfo in base64.</summary>
    /// <exception cref="InvalidOperationException">It is no private key of P-256.</exception>
    public static string PublicOf(string privateKey)
    {
        using var key = Import("The private key", key => key.ImportPkcs8PrivateKey(Convert.FromBase64String(privateKey), out _));
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    internal static ECDsa Import(string setting, Action<ECDsa> import)
    {
        var key = ECDsa.Create();
        try
        {
            import(key);
            return string.Equals(key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value, ECCurve.NamedCurves.nistP256.Oid.Value, StringComparison.Ordinal)
                ? key
                : throw new CryptographicException("The key is of another curve.");
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidOperationException($"{setting} is no key of the curve P-256 in base64: {exception.Message}", exception);
        }
    }
}
