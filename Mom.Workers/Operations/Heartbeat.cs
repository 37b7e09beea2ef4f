using System.Text.Json;
using Mom.Contracts;
using Mom.Contracts.Json;
using Mom.Contracts.Operations;
using Mom.Messaging.Periodic;
using StackExchange.Redis;

namespace Mom.Workers.Operations;

/// <summary>
/// Tells each second, in Redis, that this worker lives and what it does. It expires by itself when the process dies. While Redis is
/// unavailable the work goes on, and only its display is missing.
/// </summary>
internal sealed class Heartbeat(
    IConnectionMultiplexer redis, WorkerIdentity identity, ConsumerSwitch consumers, HandledNow handled, TimeProvider time, ILogger<Heartbeat> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = time;

    protected override async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        var paused = await database.SetMembersAsync(MomCacheKeys.PausedQueues);
        var drained = paused.Contains(MomCacheKeys.DrainedWorker(identity.Instance));
        consumers.Follow(paused, drained);
        var now = _time.GetUtcNow();
        var status = new WorkerStatus(
            identity.Instance,
            identity.Service,
            identity.Roles,
            Environment.MachineName,
            Environment.ProcessId,
            identity.StartedAt,
            now,
            consumers.List(),
            handled.List(),
            identity.Version,
            drained);
        await database.StringSetAsync(
            MomCacheKeys.Worker(identity.Instance), JsonSerializer.SerializeToUtf8Bytes(status, MomJsonContext.Default.WorkerStatus), Lifetime);
        await database.SortedSetAddAsync(MomCacheKeys.Workers, identity.Instance, now.ToUnixTimeSeconds());
        await database.SortedSetRemoveRangeByScoreAsync(MomCacheKeys.Workers, double.NegativeInfinity, now.AddHours(-1).ToUnixTimeSeconds());
        return false;
    }
}
