using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Mom.Api.Throttling;

/// <summary>
/// Counts attempts in Redis, the same for all replicas. An attempt counts from its beginning and not from its failure: of many at once only those
/// that are free get through. One that is refused does not count, so that the wait ends however often somebody asks.
/// </summary>
internal sealed class Throttle(IConnectionMultiplexer redis, IOptions<ThrottleOptions> options)
{
    // All in one slot of a cluster, for the scripts.
    private const string Prefix = "throttle:{all}:";

    // Keys: the counts. Arguments: first delay, longest delay and memory in ms, then the free attempts of each count. By Redis's own clock.
    private const string Begin = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local wait = 0
        for _, key in ipairs(KEYS) do
          wait = math.max(wait, (tonumber(redis.call('HGET', key, 'until')) or 0) - now)
        end
        if wait > 0 then return wait end
        for i, key in ipairs(KEYS) do
          local over = redis.call('HINCRBY', key, 'attempts', 1) - tonumber(ARGV[3 + i])
          if over >= 0 then
            redis.call('HSET', key, 'until', now + math.min(tonumber(ARGV[2]), tonumber(ARGV[1]) * 2 ^ math.min(over, 30)))
          end
          redis.call('PEXPIRE', key, ARGV[3])
        end
        return 0
        """;

    // One attempt less, and no wait because of it.
    private const string TakeBack = """
        for _, key in ipairs(KEYS) do
          if redis.call('HINCRBY', key, 'attempts', -1) <= 0 then redis.call('DEL', key) else redis.call('HDEL', key, 'until') end
        end
        return 0
        """;

    private IDatabase Database => redis.GetDatabase();

    public static RedisKey Key(string kind, string of) => Prefix + kind + ":" + of;

    /// <summary>Begins an attempt.</summary>
    /// <exception cref="ThrottledException">It has to wait, and does not count.</exception>
    public async Task BeginAsync(params ThrottleCount[] counts)
    {
        var settings = options.Value;
        var wait = (long)await Database.ScriptEvaluateAsync(
            Begin,
            [.. counts.Select(count => count.Key)],
            [Milliseconds(settings.FirstDelay), Milliseconds(settings.LongestDelay), Milliseconds(settings.Memory), .. counts.Select(count => (RedisValue)count.Free)]);
        if (wait > 0)
        {
            throw new ThrottledException(TimeSpan.FromMilliseconds(wait));
        }
    }

    /// <summary>The attempt was none: nothing was learned by it.</summary>
    public Task TakeBackAsync(params ThrottleCount[] counts) => Database.ScriptEvaluateAsync(TakeBack, [.. counts.Select(count => count.Key)]);

    /// <summary>Forgets all attempts of a count.</summary>
    public Task ForgetAsync(ThrottleCount count) => Database.KeyDeleteAsync(count.Key);

    /// <summary>Notes that an account is used from an address; the last ten are kept for 30 days.</summary>
    public async Task KnowAsync(string account, string address)
    {
        var key = Key("known", account);
        await Database.SortedSetAddAsync(key, address, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        await Database.SortedSetRemoveRangeByRankAsync(key, 0, -11);
        await Database.KeyExpireAsync(key, TimeSpan.FromDays(30));
    }

    public async Task<bool> IsKnownAsync(string account, string address) => await Database.SortedSetScoreAsync(Key("known", account), address) is not null;

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}

/// <summary>One count of attempts.</summary>
/// <param name="Key">Of what, such as an account.</param>
/// <param name="Free">How many attempts do not wait.</param>
internal sealed record ThrottleCount(RedisKey Key, int Free);
