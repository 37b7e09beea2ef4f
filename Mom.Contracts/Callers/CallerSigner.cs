using System.Security.Cryptography;

namespace Mom.Contracts.Callers;

/// <summary>Signs assertions of callers: the API's part.</summary>
public sealed class CallerSigner : IDisposable
{
    /// <summary>The setting with the private key.</summary>
    public const string Setting = "Caller:PrivateKey";

    private readonly ECDsa _key;
    private readonly TimeProvider _time;

    /// <param name="privateKey">A key of the curve P-256: PKCS #8 in base64.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InvalidOperationException">It is no such key.</exception>
    public CallerSigner(string privateKey, TimeProvider time)
    {
        _key = P256KeyPair.Import(Setting, key => key.ImportPkcs8PrivateKey(Convert.FromBase64String(privateKey), out _));
        _time = time;
    }

    /// <summary>The value of <see cref="Caller.Header"/> for one message.</summary>
    public string Sign(Caller caller, Guid messageId, string type)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return CallerAssertion.Sign(
            new CallerClaims(CallerAssertion.Audience, caller.UserId, caller.Email, caller.Role, messageId, type, _time.GetUtcNow().ToUnixTimeSeconds()), _key);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
