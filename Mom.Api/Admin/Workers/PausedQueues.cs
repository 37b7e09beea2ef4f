using Mom.Contracts;
using StackExchange.Redis;

namespace Mom.Api.Admin.Workers;

/// <summary>Which queues are not to be consumed for now. Workers look every second.</summary>
internal sealed class PausedQueues(IConnectionMultiplexer redis)
{
    /// <exception cref="RedisException">Redis is unavailable.</exception>
    public async Task<IReadOnlySet<string>> ListAsync() =>
        (await redis.GetDatabase().SetMembersAsync(MomCacheKeys.PausedQueues)).Select(queue => queue.ToString()).ToHashSet(StringComparer.Ordinal);

    /// <inheritdoc cref="ListAsync"/>
    public Task SetAsync(string queue, bool paused) => paused
        ? redis.GetDatabase().SetAddAsync(MomCacheKeys.PausedQueues, queue)
        : redis.GetDatabase().SetRemoveAsync(MomCacheKeys.PausedQueues, queue);

    /// <summary>Has one worker process take no further messages, or take them again, and forgets those that are not alive.</summary>
    /// <exception cref="RedisException">Redis is unavailable.</exception>
    public async Task SetInstanceAsync(string instance, bool drained, IEnumerable<string> alive)
    {
        await SetAsync(MomCacheKeys.DrainedWorker(instance), drained);
        var kept = alive.Select(MomCacheKeys.DrainedWorker).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in (await ListAsync()).Where(member => member.StartsWith(MomCacheKeys.DrainedWorkers, StringComparison.Ordinal) && !kept.Contains(member)))
        {
            await SetAsync(gone, paused: false);
        }
    }
}
