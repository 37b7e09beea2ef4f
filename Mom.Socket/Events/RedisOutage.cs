using Mom.Messaging.Consuming;
using Mom.Sessions.Redis;
using StackExchange.Redis;

namespace Mom.Socket.Events;

/// <summary>
/// Holds events while Redis is away. Every push goes through its backplane; without this, after four attempts in 21 s, each would become
/// a dead letter.
/// </summary>
internal sealed partial class RedisOutage(IConnectionMultiplexer redis, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RedisOutage> logger)
    : IOutageGate
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(500);

    private int _away;

    public async Task<bool> WaitIfAwayAsync(Exception exception, CancellationToken cancellationToken)
    {
        if (!MomRedis.IsAway(exception))
        {
            return false;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var waited = false;
        while (!await AnswersAsync(end.Token))
        {
            waited = true;
            await Task.Delay(AskAgainAfter, time, end.Token);
        }

        return waited;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            if (Interlocked.Exchange(ref _away, 0) == 1)
            {
                LogBack();
            }

            return true;
        }
        catch (Exception failure) when (MomRedis.IsAway(failure))
        {
            if (Interlocked.Exchange(ref _away, 1) == 0)
            {
                LogAway(failure.GetType().Name);
            }

            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Redis is away; what is in hand is held until it is back ({Reason})")]
    private partial void LogAway(string reason);

    [LoggerMessage(2, LogLevel.Information, "Redis is back; what was held is pushed")]
    private partial void LogBack();
}
