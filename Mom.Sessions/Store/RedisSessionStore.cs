using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Mom.Sessions.Tokens;
using StackExchange.Redis;

namespace Mom.Sessions.Store;

/// <summary>Keeps each session as a hash with a time to live, and the ids of each user's sessions in an index.</summary>
internal sealed class RedisSessionStore(IConnectionMultiplexer redis, IOptions<JwtOptions> tokens, IOptions<SessionOptions> options) : ISessionStore
{
    private static readonly RedisValue[] Shown = ["created", "seen", "ends", "address", "agent"];

    private IDatabase Database => redis.GetDatabase();

    // A session that is not renewed has no good token left after this.
    private long IdleMilliseconds => (long)tokens.Value.Lifetime.TotalMilliseconds;

    public async Task<OpenSession> StartAsync(SessionData data, SessionOrigin origin)
    {
        // Version 4, not 7: all of it is random, so an id tells nothing and cannot be guessed.
        var (sid, token) = (NewId(), NewId());
        var ends = (long)await RunAsync(
            SessionScripts.Start, data.User.Id, sid,
            token, JsonSerializer.Serialize(data, SessionJsonContext.Default.SessionData), data.Role, UserAccess.VersionOf(data.User),
            IdleMilliseconds, (long)options.Value.LongestLife.TotalMilliseconds, origin.Address, Shortened(origin.UserAgent));
        return new OpenSession(sid, token, Time(ends), data);
    }

    public async Task<SessionVerdict> CheckAsync(Guid userId, string sid, string tokenId)
    {
        var answer = (RedisResult[])(await RunAsync(SessionScripts.Check, userId, sid, tokenId, SessionOptions.SeenEveryMilliseconds))!;
        return new SessionVerdict(State(answer[0]), (string)answer[1]!);
    }

    public async Task<(SessionVerdict Verdict, TimeSpan? Wait)> CheckAsync(Guid userId, string sid, string tokenId, Allowance allowance)
    {
        var answer = (RedisResult[])(await Database.ScriptEvaluateAsync(
            SessionScripts.CheckAndTake,
            [SessionKeys.Session(userId, sid), SessionKeys.Index(userId), SessionKeys.Access(userId), allowance.Bucket, allowance.Counted ?? allowance.Bucket],
            [
                sid, SessionEnded.FullName, tokenId, SessionOptions.SeenEveryMilliseconds,
                allowance.PerSecond, allowance.AtOnce, allowance.Counted is null ? 0 : 1, allowance.FreeRole,
            ]))!;
        var wait = answer.Length > 2 ? (long)answer[2] : 0;
        return (new SessionVerdict(State(answer[0]), (string)answer[1]!), wait == 0 ? null : TimeSpan.FromMilliseconds(wait));
    }

    public async Task<bool> IsAliveAsync(Guid userId, string sid) => (await CheckAsync(userId, sid, tokenId: string.Empty)).IsGood;

    public async Task<SessionRenewal> RenewAsync(Guid userId, string sid, string tokenId)
    {
        var token = NewId();
        var grace = (long)options.Value.Grace.TotalMilliseconds;
        var answer = (RedisResult[])(await RunAsync(SessionScripts.Renew, userId, sid, tokenId, token, grace, IdleMilliseconds))!;
        var state = State(answer[0]);
        if (state is not SessionState.Good)
            return new SessionRenewal(state, Session: null);

        var data = JsonSerializer.Deserialize((string)answer[2]!, SessionJsonContext.Default.SessionData)! with { Role = (string)answer[1]! };
        return new SessionRenewal(state, new OpenSession(sid, token, Time((long)answer[3]), data));
    }

    public async Task<bool> EndAsync(Guid userId, string sid) => (bool)await RunAsync(SessionScripts.End, userId, sid);

    public async Task<int> EndOthersAsync(Guid userId, string? kept)
    {
        var ended = 0;
        foreach (var sid in await IdsAsync(userId))
        {
            if (!string.Equals(sid, kept, StringComparison.Ordinal) && await EndAsync(userId, sid))
                ended++;
        }

        return ended;
    }

    public async Task<IReadOnlyList<SessionInfo>> ListAsync(Guid userId)
    {
        var found = await Task.WhenAll((await IdsAsync(userId)).Select(sid => FindAsync(userId, sid)));
        return [.. found.OfType<SessionInfo>().OrderByDescending(session => session.CreatedAt)];
    }

    private async Task<SessionInfo?> FindAsync(Guid userId, string sid)
    {
        var key = SessionKeys.Session(userId, sid);
        var reads = Database.HashGetAsync(key, Shown);
        var expires = await Database.KeyExpireTimeAsync(key);
        var values = await reads;
        return values[0].IsNull || expires is null
            ? null
            : new SessionInfo(sid, Time((long)values[0]), Time((long)values[1]), new DateTimeOffset(expires.Value.ToUniversalTime()), Time((long)values[2]), values[3]!, values[4]!);
    }

    private async Task<IReadOnlyList<string>> IdsAsync(Guid userId) =>
        [.. (await Database.SortedSetRangeByRankAsync(SessionKeys.Index(userId))).Select(sid => (string)sid!)];

    private Task<RedisResult> RunAsync(string script, Guid userId, string sid, params RedisValue[] arguments) =>
        Database.ScriptEvaluateAsync(
            script,
            [SessionKeys.Session(userId, sid), SessionKeys.Index(userId), SessionKeys.Access(userId)],
            [sid, SessionEnded.FullName, .. arguments]);

    private static SessionState State(RedisResult answer) => (string)answer! switch
    {
        "good" => SessionState.Good,
        "former" => SessionState.Former,
        "reused" => SessionState.Reused,
        "revoked" => SessionState.Revoked,
        _ => SessionState.Over,
    };

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string NewId() => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

    private static string Shortened(string text) => text.Length <= SessionOrigin.LongestUserAgent ? text : text[..SessionOrigin.LongestUserAgent];
}
