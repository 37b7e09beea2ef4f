using StackExchange.Redis;

namespace Mom.Sessions.Redis;

/// <summary>How the API and the socket use Redis.</summary>
public static class MomRedis
{
    /// <summary>What a caller is told to wait before trying again while Redis is unavailable, in seconds.</summary>
    public const int RetryAfterSeconds = 5;

    /// <summary>Prefix of every pub/sub channel, those of SignalR's backplane too: a Redis server may serve others as well.</summary>
    internal const string ChannelPrefix = "mom:";

    /// <summary>For <c>AddRedisClient</c>: patience that fits a request somebody waits for, and the prefix of the channels.</summary>
    public static void Configure(ConfigurationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        // A blip shorter than this is invisible to callers, because commands wait for the connection to come back; after it they get a 503.
        options.AsyncTimeout = 2_000;
        options.AbortOnConnectFail = false;
        options.ChannelPrefix = RedisChannel.Literal(ChannelPrefix);
    }

    /// <summary>Whether an exception says that Redis cannot be reached or cannot serve now.</summary>
    public static bool IsUnavailable(Exception exception) => exception is RedisException or RedisTimeoutException;
}
