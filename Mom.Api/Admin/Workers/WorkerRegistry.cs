using System.Text.Json;
using Mom.Contracts;
using Mom.Contracts.Json;
using Mom.Contracts.Operations;
using StackExchange.Redis;

namespace Mom.Api.Admin.Workers;

/// <summary>The worker processes that have given a sign of life in the last seconds.</summary>
internal sealed class WorkerRegistry(IConnectionMultiplexer redis, TimeProvider time)
{
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(1);

    /// <exception cref="RedisException">Redis is unavailable.</exception>
    public async Task<IReadOnlyList<WorkerStatus>> ListAsync()
    {
        var database = redis.GetDatabase();
        var since = (time.GetUtcNow() - LookBack).ToUnixTimeSeconds();
        var instances = await database.SortedSetRangeByScoreAsync(MomCacheKeys.Workers, since);
        var told = await database.StringGetAsync([.. instances.Select(instance => (RedisKey)MomCacheKeys.Worker(instance.ToString()))]);
        return
        [
            .. told.Where(json => !json.IsNull)
                .Select(json => JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)json).Span, MomJsonContext.Default.WorkerStatus)!)
                .OrderBy(worker => worker.Service, StringComparer.Ordinal).ThenBy(worker => worker.StartedAt),
        ];
    }
}
