using Mom.Messaging.Consuming;
using Mom.Sessions.Redis;
using StackExchange.Redis;

namespace Mom.Socket.Events;

/// <summary>Holds pushes while Redis is unavailable: everything that is pushed goes through it.</summary>
internal sealed class RedisOutage(IConnectionMultiplexer redis, TimeProvider time) : IOutageGate
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(500);

    public async Task<bool> IsUnavailableAsync(Exception exception, CancellationToken cancellationToken) => MomRedis.IsUnavailable(exception) && !await AnswersAsync();

    public async Task<bool> IsStillUnavailableAsync(bool reads, CancellationToken cancellationToken) => !await AnswersAsync();

    public async Task<bool> WaitIfUnavailableAsync(Exception exception, CancellationToken cancellationToken)
    {
        if (!MomRedis.IsUnavailable(exception))
            return false;

        // Without a connection it was unavailable, even if it is back by now. A push that has run into a timeout while Redis answers others may be
        // one that always does, and must not be tried for ever.
        var unavailable = exception is RedisConnectionException;
        while (!await AnswersAsync())
        {
            unavailable = true;
            await Task.Delay(AskAgainAfter, time, cancellationToken);
        }

        return unavailable;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await redis.GetDatabase().PingAsync();
            return true;
        }
        catch (Exception exception) when (MomRedis.IsUnavailable(exception))
        {
            return false;
        }
    }
}
