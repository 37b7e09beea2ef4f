using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Mom.Sessions.Tokens;

/// <summary>Stops the start of a service that could not check or issue tokens, with a sentence that says what to do.</summary>
internal sealed class JwtOptionsValidator(TokenUse use) : IValidateOptions<JwtOptions>
{
    private const string MakeKey = "Make one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -outform DER | base64 -w0";
    private const string MakePublicKey = "Make it from the private key: base64 -d jwt.key | openssl pkey -inform DER -pubout -outform DER | base64 -w0";

    public ValidateOptionsResult Validate(string? name, JwtOptions options) =>
        Flaw(options) is { } flaw ? ValidateOptionsResult.Fail(flaw) : ValidateOptionsResult.Success;

    private string? Flaw(JwtOptions options)
    {
        if (use.Issues && string.IsNullOrWhiteSpace(options.Key))
            return $"Jwt:Key (environment variable Jwt__Key) is not set. {MakeKey}";

        if (!use.Issues && options.Key.Length > 0)
            return "Jwt:Key is the key that signs tokens: this service checks them only, and must not have it. Set Jwt:PublicKeys (environment variable Jwt__PublicKeys) in its place.";

        if (options.Key.Length > 0 && FlawOf(options.Key, TokenKeys.Private) is { } flaw)
            return $"Jwt:Key is no private key of the curve P-256 as PKCS #8 in base64: {flaw} {MakeKey}";

        var keys = TokenKeys.Split(options.PublicKeys);
        if (!use.Issues && keys.Length == 0)
            return $"Jwt:PublicKeys (environment variable Jwt__PublicKeys) is not set. {MakePublicKey}";

        if (keys.Select(key => FlawOf(key, TokenKeys.Public)).FirstOrDefault(found => found is not null) is { } other)
            return $"Jwt:PublicKeys has one that is no public key of the curve P-256 as SubjectPublicKeyInfo in base64: {other} {MakePublicKey}";

        return options.Lifetime >= TimeSpan.FromSeconds(1) && options.Lifetime <= TimeSpan.FromDays(1)
            ? null
            : $"Jwt:Lifetime is {options.Lifetime}; it must lie between 00:00:01 and 1.00:00:00.";
    }

    private static string? FlawOf(string key, Func<string, object> read)
    {
        try
        {
            read(key);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            // Not the exception's own text: it may repeat what it has read.
            return exception is FormatException ? "it is not base64." : "it cannot be read as one.";
        }
    }
}
