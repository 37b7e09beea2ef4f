using System.Text.Json;
using Microsoft.Extensions.Options;
using Mom.Sessions.Tokens;
using StackExchange.Redis;

namespace Mom.Sessions.Store;

/// <summary>Keeps each session as JSON under <c>session:{sid}</c>, with a time to live.</summary>
internal sealed class RedisSessionStore(IConnectionMultiplexer redis, IOptions<JwtOptions> options) : ISessionStore
{
    private readonly TimeSpan _lifetime = options.Value.Lifetime;

    private IDatabase Database => redis.GetDatabase();

    public async Task<string> StartAsync(SessionData data)
    {
        // Version 4, not 7: all of it is random, so an id tells nothing and cannot be guessed.
        var sid = Guid.NewGuid().ToString("N");
        var json = JsonSerializer.SerializeToUtf8Bytes(data, SessionJsonContext.Default.SessionData);
        await Database.StringSetAsync(Key(sid), json, _lifetime);
        return sid;
    }

    public Task<bool> IsAliveAsync(string sid) => Database.KeyExistsAsync(Key(sid));

    public async Task<SessionData?> RenewAsync(string sid)
    {
        // One command: with a GET and an EXPIRE, a logout in between would be answered with a new token.
        var json = await Database.StringGetSetExpiryAsync(Key(sid), _lifetime);
        return json.IsNull ? null : JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)json).Span, SessionJsonContext.Default.SessionData);
    }

    public async Task EndAsync(string sid)
    {
        await Database.KeyDeleteAsync(Key(sid));

        // The session is over even if the news gets lost: a socket that misses it closes when the token expires.
        await redis.GetSubscriber().PublishAsync(SessionEnded.Channel, sid, CommandFlags.FireAndForget);
    }

    private static RedisKey Key(string sid) => $"session:{sid}";
}
