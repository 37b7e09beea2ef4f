using Mom.Sessions.Redis;
using StackExchange.Redis;

namespace Mom.Sessions.Store;

/// <summary>The news that a session was ended; its body is the session's id.</summary>
public static class SessionEnded
{
    private const string Name = "session-ended";

    /// <summary>The pub/sub channel, without the prefix that <see cref="MomRedis"/> puts before every channel.</summary>
    public static RedisChannel Channel { get; } = RedisChannel.Literal(Name);

    /// <summary>The same with the prefix: scripts publish by themselves, in one step with the end of the session.</summary>
    internal const string FullName = MomRedis.ChannelPrefix + Name;
}
