using System.Security.Cryptography;

namespace Mom.Contracts.Callers;

/// <summary>Verifies assertions of callers: the db worker's part. With the public key it can make none.</summary>
public sealed class CallerVerifier : IDisposable
{
    /// <summary>The setting with the public key.</summary>
    public const string Setting = "Caller:PublicKey";

    private readonly ECDsa? _key;
    private readonly TimeProvider _time;

    /// <param name="publicKey">A key of the curve P-256: SubjectPublicKeyInfo in base64; <see langword="null"/> where there is none, and nobody is believed.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InvalidOperationException">It is no such key.</exception>
    public CallerVerifier(string? publicKey, TimeProvider time)
    {
        _key = string.IsNullOrEmpty(publicKey) ? null : P256KeyPair.Import(Setting, key => key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _));
        _time = time;
    }

    /// <param name="assertion">The value of <see cref="Caller.Header"/>.</param>
    /// <param name="messageId">The message that it came with.</param>
    /// <param name="type">Its wire name.</param>
    /// <param name="caller">Who sent it, when the result is <see langword="null"/>.</param>
    /// <returns>Why it is not believed, or <see langword="null"/>.</returns>
    public string? WhatIsWrong(string? assertion, Guid messageId, string type, out Caller? caller)
    {
        caller = null;
        if (_key is null)
        {
            return $"no caller can be verified here: {Setting} is not set";
        }

        if (assertion is null)
        {
            return "it names no caller";
        }

        if (CallerAssertion.Read(assertion, _key) is not { } claims || !string.Equals(claims.Audience, CallerAssertion.Audience, StringComparison.Ordinal))
        {
            return "what it says of its caller is not signed by the API";
        }

        if (claims.MessageId != messageId || !string.Equals(claims.MessageType, type, StringComparison.Ordinal))
        {
            return "what it says of its caller was said of another message";
        }

        var issued = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(claims.IssuedAt, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
        var now = _time.GetUtcNow();
        if (issued - now > CallerAssertion.Skew || now - issued > CallerAssertion.Lifetime)
        {
            return "what it says of its caller was not said within the last week";
        }

        caller = new Caller(claims.Subject, claims.Email, claims.Role);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _key?.Dispose();
}
