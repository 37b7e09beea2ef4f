using System.Globalization;
using Microsoft.Extensions.Options;
using Mom.Contracts;
using StackExchange.Redis;

namespace Mom.Api.Jobs.Limits;

/// <summary>
/// A token bucket for each user in Redis, the same for all replicas of the API: it holds <see cref="JobRateOptions.AtOnce"/> tokens, an order takes
/// one, and <see cref="JobRateOptions.PerSecond"/> come back each second (OWASP API Security, API4:2023).
/// </summary>
/// <remarks>An order that is sent again takes no second token, up to ten times: it makes no second job, but it is work.</remarks>
internal sealed class JobRate(IConnectionMultiplexer redis, IOptions<JobRateOptions> options)
{
    // By the clock of Redis, as those of replicas differ; when it goes back, nothing comes back twice. The answer is in milliseconds: 0 when there was a token, else until there is one.
    private const string Take =
        """
        if ARGV[3] == '1' then
          local sent = redis.call('incr', KEYS[2])
          if sent == 1 then redis.call('expire', KEYS[2], 600) end
          if sent > 1 and sent <= 10 then return 0 end
        end
        local now = redis.call('time')
        local at = now[1] * 1000 + math.floor(now[2] / 1000)
        local rate, most = tonumber(ARGV[1]), tonumber(ARGV[2])
        local known = redis.call('hmget', KEYS[1], 'tokens', 'at')
        local since = tonumber(known[2]) or at
        local tokens = math.min(most, (tonumber(known[1]) or most) + math.max(0, at - since) * rate / 1000)
        local wait = 0
        if tokens >= 1 then
          tokens = tokens - 1
        else
          wait = math.ceil((1 - tokens) * 1000 / rate)
          if ARGV[3] == '1' then redis.call('del', KEYS[2]) end
        end
        redis.call('hset', KEYS[1], 'tokens', tostring(tokens), 'at', math.max(at, since))
        redis.call('pexpire', KEYS[1], math.ceil(most * 1000 / rate) + 1000)
        return wait
        """;

    /// <summary>Takes a token for an order.</summary>
    /// <param name="user">Who orders.</param>
    /// <param name="job">The id of the job.</param>
    /// <param name="canBeSentAgain">Whether the caller chose the id, by an idempotency key: then the same order may come again.</param>
    /// <returns><see langword="null"/> when there was one, else how long until there is one.</returns>
    /// <exception cref="RedisException">Redis is unavailable; the session could not have been checked either.</exception>
    public async Task<TimeSpan?> TakeAsync(Guid user, Guid job, bool canBeSentAgain)
    {
        var settings = options.Value;
        var wait = (long)await redis.GetDatabase().ScriptEvaluateAsync(
            Take,
            [MomCacheKeys.JobAllowance(user), MomCacheKeys.CountedOrder(job)],
            [settings.PerSecond, settings.AtOnce, canBeSentAgain ? 1 : 0]);
        return wait == 0 ? null : TimeSpan.FromMilliseconds(wait);
    }

    /// <summary>The answer to an order that is one too many at present.</summary>
    public static IResult TooFast(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Results.Problem("You order jobs faster than a user may. Nothing was done; send it again later.", statusCode: StatusCodes.Status429TooManyRequests);
    }
}
