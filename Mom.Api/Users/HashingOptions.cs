using Microsoft.Extensions.Options;
using Mom.Contracts.Users;

namespace Mom.Api.Users;

/// <summary>The section <c>Passwords</c> of the configuration.</summary>
internal sealed class HashingOptions
{
    public const string Section = "Passwords";

    /// <summary>Iterations of PBKDF2-HMAC-SHA512, 1,000 to 10,000,000. Default <see cref="PasswordHashing.Iterations"/>; when it grows, hashes follow at the next login.</summary>
    public int Iterations { get; set; } = PasswordHashing.Iterations;

    /// <summary>How many wait for a processor to hash at most, 1 to 10,000. Default 16: about two seconds of work for two processors.</summary>
    public int Waiting { get; set; } = 16;
}

/// <summary>Stops the start of a service whose hashes would be worth nothing.</summary>
internal sealed class HashingOptionsValidator : IValidateOptions<HashingOptions>
{
    public ValidateOptionsResult Validate(string? name, HashingOptions options)
    {
        if (options.Iterations is < 1_000 or > 10_000_000)
        {
            return ValidateOptionsResult.Fail($"Passwords:Iterations is {options.Iterations}; it must lie between 1,000 and 10,000,000.");
        }

        return options.Waiting is >= 1 and <= 10_000
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Passwords:Waiting is {options.Waiting}; it must lie between 1 and 10,000.");
    }
}
