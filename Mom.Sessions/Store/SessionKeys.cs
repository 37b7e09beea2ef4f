using StackExchange.Redis;

namespace Mom.Sessions.Store;

/// <summary>
/// The keys of a user's sessions. The braces put all of them into one slot of a Redis cluster
/// (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags), as the scripts need.
/// </summary>
internal static class SessionKeys
{
    /// <summary>Hash: one session. Apart from the other keys, whatever id a caller names.</summary>
    public static RedisKey Session(Guid userId, string sid) => $"session:{{{userId:N}}}:id:{sid}";

    /// <summary>Sorted set: the ids of the user's sessions by the time, in Unix milliseconds, at which each expires.</summary>
    public static RedisKey Index(Guid userId) => $"session:{{{userId:N}}}:index";

    /// <summary>Hash: what has changed about the user since their sessions began (see <see cref="UserAccess"/>).</summary>
    public static RedisKey Access(Guid userId) => $"session:{{{userId:N}}}:access";
}
