using Mom.Contracts.Users;
using StackExchange.Redis;

namespace Mom.Sessions.Store;

/// <summary>
/// What has changed about a user while they have sessions, for all of them at once: it holds at the next request on every replica, also for a
/// session that somebody begins at the same moment with what was true before.
/// </summary>
public static class UserAccess
{
    // Longer than any session lives (see SessionOptions): then there is none left that began before the change.
    private static readonly TimeSpan Life = SessionOptions.LongestLongestLife + TimeSpan.FromDays(1);

    /// <summary>Which state of a user a session began with: their last change, in microseconds since 1970, as exact as Postgres keeps it.</summary>
    public static long VersionOf(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return VersionOf(user.UpdatedAt);
    }

    /// <inheritdoc cref="VersionOf(User)"/>
    public static long VersionOf(DateTimeOffset updatedAt) => (updatedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Applies it to the user's sessions. It may come twice, late, and out of order.</summary>
    public static Task TellAsync(IConnectionMultiplexer redis, AccessChanged change)
    {
        ArgumentNullException.ThrowIfNull(redis);
        ArgumentNullException.ThrowIfNull(change);
        return redis.GetDatabase().ScriptEvaluateAsync(
            SessionScripts.SetAccess,
            [SessionKeys.Access(change.UserId)],
            [change.Role, change.Version, change.EndsSessions ? change.Version : RedisValue.EmptyString, change.KeptSession ?? string.Empty, (long)Life.TotalMilliseconds]);
    }
}
