using Microsoft.Extensions.Options;

namespace Mom.Socket.Hubs;

/// <summary>The section <c>Socket</c> of the configuration.</summary>
internal sealed class SocketOptions
{
    public const string Section = "Socket";

    /// <summary>How often it is asked whether the session of each connection still lives: 1 s to 1 h. Default 300 s.</summary>
    public TimeSpan VerifyEvery { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>How many connections a user has to one replica at most: 1 to 10,000. Default 20. One more is refused: were the oldest closed, its client would come back, and close the next.</summary>
    public int ConnectionsPerUser { get; set; } = 20;
}

/// <summary>Stops the start of a socket that would not be what its settings say.</summary>
internal sealed class SocketOptionsValidator : IValidateOptions<SocketOptions>
{
    public ValidateOptionsResult Validate(string? name, SocketOptions options)
    {
        if (options.VerifyEvery < TimeSpan.FromSeconds(1) || options.VerifyEvery > TimeSpan.FromHours(1))
        {
            return ValidateOptionsResult.Fail($"Socket:VerifyEvery is {options.VerifyEvery}; it must lie between 00:00:01 and 01:00:00.");
        }

        return options.ConnectionsPerUser is >= 1 and <= 10_000
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Socket:ConnectionsPerUser is {options.ConnectionsPerUser}; it must lie between 1 and 10,000.");
    }
}
