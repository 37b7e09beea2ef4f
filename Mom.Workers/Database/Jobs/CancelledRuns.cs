using Mom.Contracts;
using StackExchange.Redis;

namespace Mom.Workers.Database.Jobs;

/// <summary>
/// Tells math workers over Redis that a run of a job is not wanted any more. This only saves work: when it gets lost, the outcome of
/// the work changes nothing, because the job's state in the database says so.
/// </summary>
internal sealed partial class CancelledRuns(IServiceProvider services, ILogger<CancelledRuns> logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public async Task TellAsync(Guid jobId, int run)
    {
        try
        {
            var redis = services.GetRequiredService<IConnectionMultiplexer>();
            var key = MomCacheKeys.CancelledRun(jobId, run);
            // Nobody waits for Redis: whoever cancels a job should not notice that it is away.
            await redis.GetDatabase().StringSetAsync(key, value: 1, Lifetime, flags: CommandFlags.FireAndForget);
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(MomCacheKeys.CancelledRuns), key, CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotTold(jobId, exception.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Math workers were not told that job {JobId} was cancelled: {Reason}")]
    private partial void LogNotTold(Guid jobId, string reason);
}
