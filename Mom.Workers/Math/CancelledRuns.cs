using System.Collections.Concurrent;
using Mom.Contracts;
using StackExchange.Redis;

namespace Mom.Workers.Math;

/// <summary>
/// Knows which runs of jobs are not wanted any more: a key in Redis for those that were cancelled before, a channel for those that are
/// cancelled while they are worked on. While Redis is unavailable everything counts as wanted: work goes on, and what was cancelled changes
/// nothing when it is done.
/// </summary>
internal sealed partial class CancelledRuns(IConnectionMultiplexer redis, ILogger<CancelledRuns> logger) : IHostedService
{
    // Of one run several operations may be at work here: each has a source of its own, which ends with it and not with the first of them.
    private readonly ConcurrentDictionary<CancellationTokenSource, string> _atWork = new();

    // The client subscribes again by itself whenever the connection comes back.
    public async Task StartAsync(CancellationToken cancellationToken) =>
        await redis.GetSubscriber().SubscribeAsync(
            RedisChannel.Literal(MomCacheKeys.CancelledRuns),
            (_, run) => Cancel(run.ToString()),
            CommandFlags.FireAndForget);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins to work on an operation of a run.</summary>
    /// <returns>A token that fires when the run is cancelled; to be disposed of after the work.</returns>
    public async Task<WantedRun> WatchAsync(Guid jobId, int run)
    {
        var key = MomCacheKeys.CancelledRun(jobId, run);
        // First the channel, then the key: what happens in between is seen twice rather than missed.
        var cancellation = new CancellationTokenSource();
        _atWork.TryAdd(cancellation, key);
        try
        {
            if (redis.IsConnected && await redis.GetDatabase().KeyExistsAsync(key))
            {
                await cancellation.CancelAsync();
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotAsked(exception.Message);
        }

        return new WantedRun(() => _atWork.TryRemove(cancellation, out _), cancellation.Token);
    }

    /// <summary>Ends the work on every operation of a run.</summary>
    /// <param name="key">See <see cref="MomCacheKeys.CancelledRun"/>.</param>
    internal void Cancel(string key)
    {
        foreach (var (cancellation, _) in _atWork.Where(run => string.Equals(run.Value, key, StringComparison.Ordinal)))
        {
            cancellation.Cancel();
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Redis could not be asked whether a job was cancelled: {Reason}")]
    private partial void LogNotAsked(string reason);
}

/// <summary>A run of a job that is being worked on.</summary>
/// <param name="end">Called when the work has ended.</param>
/// <param name="cancelled">Fires when it is not wanted any more.</param>
internal sealed class WantedRun(Action end, CancellationToken cancelled) : IDisposable
{
    public CancellationToken Cancelled => cancelled;

    public void Dispose() => end();
}
