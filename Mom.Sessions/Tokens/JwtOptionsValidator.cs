using System.Buffers.Text;
using Microsoft.Extensions.Options;

namespace Mom.Sessions.Tokens;

/// <summary>Stops the start of a service that could not check tokens, with a sentence that says what to do.</summary>
internal sealed class JwtOptionsValidator : IValidateOptions<JwtOptions>
{
    /// <summary>HMAC-SHA256 needs a key at least as long as its output (RFC 7518, section 3.2).</summary>
    private const int MinimumKeyBytes = 32;

    private const string Advice = "Make one with: openssl rand -base64 32";

    public ValidateOptionsResult Validate(string? name, JwtOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Key))
            return ValidateOptionsResult.Fail($"Jwt:Key (environment variable Jwt__Key) is not set. {Advice}");

        if (!Base64.IsValid(options.Key, out var bytes))
            return ValidateOptionsResult.Fail($"Jwt:Key is not base64. {Advice}");

        if (bytes < MinimumKeyBytes)
            return ValidateOptionsResult.Fail($"Jwt:Key has {bytes} bytes; it needs at least {MinimumKeyBytes}. {Advice}");

        return options.Lifetime >= TimeSpan.FromSeconds(1) && options.Lifetime <= TimeSpan.FromDays(1)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Jwt:Lifetime is {options.Lifetime}; it must lie between 00:00:01 and 1.00:00:00.");
    }
}
