using StackExchange.Redis;

namespace Mom.Sessions.Store;

/// <summary>
/// Looks sessions up for a service that only checks tokens: it reads, and needs no right to write. A token that it finds out as reused or revoked it
/// refuses; that its session is ended is left to the API, where nobody could use it either.
/// </summary>
internal sealed class RedisSessionLookup(IConnectionMultiplexer redis, TimeProvider time) : ISessionLookup
{
    private static readonly RedisValue[] OfSession = ["jti", "former", "until", "role", "version"];
    private static readonly RedisValue[] OfAccess = ["role", "version", "before", "kept"];

    public async Task<SessionVerdict> CheckAsync(Guid userId, string sid, string tokenId)
    {
        var database = redis.GetDatabase();
        var reads = (database.HashGetAsync(SessionKeys.Session(userId, sid), OfSession), database.HashGetAsync(SessionKeys.Access(userId), OfAccess));
        var (session, access) = (await reads.Item1, await reads.Item2);
        if (session[0].IsNull)
            return new SessionVerdict(SessionState.Over, string.Empty);

        // The same rules as in SessionScripts.
        var version = (long)session[4];
        if (!access[2].IsNull && version < (long)access[2] && access[3] != sid)
            return new SessionVerdict(SessionState.Revoked, string.Empty);

        var role = !access[0].IsNull && (long)access[1] >= version ? access[0] : session[3];
        if (tokenId.Length == 0 || session[0] == tokenId)
            return new SessionVerdict(SessionState.Good, role!);

        return session[1] == tokenId && time.GetUtcNow().ToUnixTimeMilliseconds() < (long)session[2]
            ? new SessionVerdict(SessionState.Former, role!)
            : new SessionVerdict(SessionState.Reused, string.Empty);
    }

    public async Task<bool> IsAliveAsync(Guid userId, string sid) => (await CheckAsync(userId, sid, tokenId: string.Empty)).IsGood;
}
