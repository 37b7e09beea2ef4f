using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mom.Contracts.Callers;

/// <summary>
/// What the API says of a caller, signed, in the compact form of a JWS (RFC 7515) with ES256 (RFC 7518, section 3.4). It is bound to one message, by its id and
/// type, and is no token: its type and audience are its own, and it opens no session.
/// </summary>
internal static class CallerAssertion
{
    /// <summary>How long an assertion counts: as long as the inbox remembers a message. A command may wait through an outage, and be replayed after it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>How far the clock of the API may be ahead.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Who is to read it.</summary>
    public const string Audience = "mom-db-worker";

    // The only header there is. It is compared as a whole: what another one says, of another algorithm or key, is never looked at.
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"ES256","typ":"mom-caller+jws"}"""u8);

    public static string Sign(CallerClaims claims, ECDsa key)
    {
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, CallerJsonContext.Default.CallerClaims))}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";
    }

    /// <returns>What it says; <see langword="null"/> when it is not of that form, or not signed by that key.</returns>
    public static CallerClaims? Read(string text, ECDsa key)
    {
        if (text.Split('.') is not [var header, var payload, var signature] || !string.Equals(header, Header, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var bytes = Base64Url.DecodeFromChars(signature);
            // The decoder takes padding in several forms: one assertion has one form.
            return string.Equals(Base64Url.EncodeToString(bytes), signature, StringComparison.Ordinal) && key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
                ? JsonSerializer.Deserialize(Base64Url.DecodeFromChars(payload), CallerJsonContext.Default.CallerClaims)
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>The payload of an assertion; names of RFC 7519 where it has one.</summary>
/// <param name="Audience">Who is to read it.</param>
/// <param name="Subject">The user's id.</param>
/// <param name="Email">The user's e-mail address.</param>
/// <param name="Role">The user's role.</param>
/// <param name="MessageId">The message that it is for.</param>
/// <param name="MessageType">Its wire name.</param>
/// <param name="IssuedAt">Seconds since 1970 (UTC).</param>
internal sealed record CallerClaims(
    [property: JsonPropertyName("aud")] string Audience,
    [property: JsonPropertyName("sub")] Guid Subject,
    [property: JsonPropertyName("email")] string Email,
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("mid")] Guid MessageId,
    [property: JsonPropertyName("mty")] string MessageType,
    [property: JsonPropertyName("iat")] long IssuedAt);

[JsonSerializable(typeof(CallerClaims))]
internal sealed partial class CallerJsonContext : JsonSerializerContext;
