using Microsoft.Extensions.Options;

namespace Mom.Api.Throttling;

/// <summary>
/// The section <c>Throttle</c> of the configuration: how many attempts are free, and how long the next one waits after them. NIST SP 800-63B-4,
/// section 3.2.2, wants at most 100 failures in a row; OWASP ASVS 5, 6.3.1, a defence against guessing and credential stuffing.
/// </summary>
internal sealed class ThrottleOptions
{
    public const string Section = "Throttle";

    /// <summary>Failed logins in a row to one account, from places it is not known to be used from. Default 5.</summary>
    public int LoginsPerAccount { get; set; } = 5;

    /// <summary>Failed logins from one address, to whichever accounts: many people may be behind one. Default 50.</summary>
    public int LoginsPerAddress { get; set; } = 50;

    /// <summary>Registrations with one e-mail address that do not succeed. Default 5.</summary>
    public int RegistrationsPerAccount { get; set; } = 5;

    /// <summary>Registrations from one address, also those that succeed: each says whether somebody is registered. Default 20.</summary>
    public int RegistrationsPerAddress { get; set; } = 20;

    /// <summary>How long the first attempt waits that is not free; each after it twice as long as the one before: 1 s to 1 h. Default 1 s.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>No wait is longer: 1 s to 1 h. Default 15 minutes.</summary>
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>After so much time without an attempt everything is forgotten: 1 minute to 7 days. Default 1 day.</summary>
    public TimeSpan Memory { get; set; } = TimeSpan.FromDays(1);
}

/// <summary>Stops the start of a service that would throttle nothing, or all.</summary>
internal sealed class ThrottleOptionsValidator : IValidateOptions<ThrottleOptions>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, ThrottleOptions options)
    {
        if (new[] { options.LoginsPerAccount, options.LoginsPerAddress, options.RegistrationsPerAccount, options.RegistrationsPerAddress }.Any(free => free < 1))
        {
            return ValidateOptionsResult.Fail("Throttle: the number of free attempts must be 1 or more, each of them.");
        }

        if (options.FirstDelay < Second || options.FirstDelay > Hour || options.LongestDelay < options.FirstDelay || options.LongestDelay > Hour)
        {
            return ValidateOptionsResult.Fail("Throttle:FirstDelay and Throttle:LongestDelay must lie between 00:00:01 and 01:00:00, the first not above the second.");
        }

        return options.Memory >= TimeSpan.FromMinutes(1) && options.Memory <= TimeSpan.FromDays(7)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Throttle:Memory is {options.Memory}; it must lie between 00:01:00 and 7.00:00:00.");
    }
}
