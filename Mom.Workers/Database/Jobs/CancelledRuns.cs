using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Workers.Database.Model;
using StackExchange.Redis;

namespace Mom.Workers.Database.Jobs;

/// <summary>
/// Tells math workers over Redis that a run of a job is not wanted any more. This only saves work: when it gets lost, the outcome of
/// the work changes nothing, because the job's state in the database says so.
/// </summary>
internal sealed partial class CancelledRuns(IServiceProvider services, ILogger<CancelledRuns> logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>
    /// Tells of the last run of a job that is not wanted any more, if there is one. It is found in the state of the job and not in the command: a
    /// command may be delivered once more when its job is in a later run, which nobody has cancelled. What is told stays true, however late it
    /// comes: a run that was cancelled never goes on, nor does one before the present one.
    /// </summary>
    /// <param name="job">As it was committed, read in one statement.</param>
    public async Task TellAsync(JobRow job)
    {
        if (LastEnded(job) is not { } run)
        {
            return;
        }

        try
        {
            var redis = services.GetRequiredService<IConnectionMultiplexer>();
            var key = MomCacheKeys.CancelledRun(job.Id, run);
            // Nobody waits for Redis: a user who cancels a job should not notice that it is unavailable.
            await redis.GetDatabase().StringSetAsync(key, value: 1, Lifetime, flags: CommandFlags.FireAndForget);
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(MomCacheKeys.CancelledRuns), key, CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotTold(job.Id, exception.Message);
        }
    }

    /// <summary>The last run of which nothing is wanted any more; <see langword="null"/> when there is none.</summary>
    internal static int? LastEnded(JobRow job) => job.Status == JobStatus.Cancelled ? job.Run : job.Run > 1 ? job.Run - 1 : null;

    [LoggerMessage(1, LogLevel.Warning, "Math workers were not told that job {JobId} was cancelled: {Reason}")]
    private partial void LogNotTold(Guid jobId, string reason);
}
