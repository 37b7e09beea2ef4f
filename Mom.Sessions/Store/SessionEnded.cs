using StackExchange.Redis;

namespace Mom.Sessions.Store;

/// <summary>The news that a session was ended; its body is the session's id.</summary>
public static class SessionEnded
{
    /// <summary>The pub/sub channel, without the prefix that <see cref="Redis.MomRedis"/> puts before every channel.</summary>
    public static RedisChannel Channel { get; } = RedisChannel.Literal("session-ended");
}
