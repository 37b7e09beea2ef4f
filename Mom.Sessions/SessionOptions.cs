using Microsoft.Extensions.Options;

namespace Mom.Sessions;

/// <summary>The section <c>Sessions</c> of the configuration. How long a session is idle at most is <see cref="Tokens.JwtOptions.Lifetime"/>.</summary>
public sealed class SessionOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Sessions";

    /// <summary>No setting of <see cref="LongestLife"/> is longer: NIST SP 800-63B-4, section 2.1.3, has 30 days at the lowest level.</summary>
    internal static readonly TimeSpan LongestLongestLife = TimeSpan.FromDays(30);

    internal const long SeenEveryMilliseconds = 60_000;

    /// <summary>
    /// When a session ends, however often it is renewed: 1 s to 30 days. Default 12 hours: within the 24 hours of NIST SP 800-63B-4, section
    /// 2.2.3, and one login for a day's work (OWASP ASVS 5, 7.3.2: an absolute maximum).
    /// </summary>
    public TimeSpan LongestLife { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a token that was renewed is good for requests that are under way: 0 to 60 s. Default 10 s.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Stops the start of a service whose sessions would not be what their settings say.</summary>
internal sealed class SessionOptionsValidator : IValidateOptions<SessionOptions>
{
    public ValidateOptionsResult Validate(string? name, SessionOptions options)
    {
        if (options.LongestLife < TimeSpan.FromSeconds(1) || options.LongestLife > SessionOptions.LongestLongestLife)
            return ValidateOptionsResult.Fail($"Sessions:LongestLife is {options.LongestLife}; it must lie between 00:00:01 and {SessionOptions.LongestLongestLife}.");

        return options.Grace >= TimeSpan.Zero && options.Grace <= TimeSpan.FromSeconds(60)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Sessions:Grace is {options.Grace}; it must lie between 00:00:00 and 00:01:00.");
    }
}
