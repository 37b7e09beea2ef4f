using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Mom.Contracts;
using Mom.Sessions.Redis;
using Mom.Sessions.Store;
using StackExchange.Redis;

namespace Mom.Socket.Hubs;

/// <summary>
/// Closes every connection of a session that has ended: at once, when it is told, and at the latest when it asks by itself, for pub/sub promises
/// nothing.
/// </summary>
internal sealed partial class EndedSessions(
    IConnectionMultiplexer redis, OpenConnections connections, IHubContext<UserHub> hub, ISessionLookup sessions, IOptions<SocketOptions> options, TimeProvider time,
    ILogger<EndedSessions> logger) : BackgroundService
{
    // A client that takes nothing must not keep its connection by that.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private const int AtATime = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.VerifyEvery, time);
        try
        {
            await SubscribeAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await VerifyAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    // Redis may not be there yet. Once it was, the client subscribes again by itself.
    private async Task SubscribeAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await redis.GetSubscriber().SubscribeAsync(SessionEnded.Channel, (channel, sid) => _ = CloseAsync(sid.ToString()));
                return;
            }
            catch (Exception exception) when (MomRedis.IsUnavailable(exception))
            {
                LogUnavailable(exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    private async Task VerifyAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var some in connections.OnePerSession().Chunk(AtATime))
            {
                stoppingToken.ThrowIfCancellationRequested();
                await Task.WhenAll(some.Select(VerifyAsync));
            }
        }
        catch (Exception exception) when (MomRedis.IsUnavailable(exception))
        {
            // When it is back all connections are closed (see MissedPushes).
            LogUnavailable(exception.Message);
        }
    }

    private async Task VerifyAsync(OpenConnection connection)
    {
        if (!await sessions.IsAliveAsync(connection.UserId, connection.SessionId))
        {
            await CloseAsync(connection.SessionId);
        }
    }

    private async Task CloseAsync(string sessionId)
    {
        var open = connections.OfSession(sessionId);
        if (open.Count == 0)
        {
            return;
        }

        await Task.WhenAll(open.Select(CloseAsync));
        LogClosed(open.Count, sessionId);
    }

    private async Task CloseAsync(OpenConnection connection)
    {
        try
        {
            await hub.Clients.Client(connection.Id).SendAsync(SocketContract.SessionEnded).WaitAsync(Farewell, time);
        }
#pragma warning disable CA1031 // It is closed all the same.
        catch (Exception)
#pragma warning restore CA1031
        {
            // It may be gone already.
        }

        connection.Context.Abort();
    }

    [LoggerMessage(1, LogLevel.Information, "{Count} connections are closed: their session {Session} has ended")]
    private partial void LogClosed(int count, string session);

    [LoggerMessage(2, LogLevel.Warning, "Redis could not be asked which sessions have ended: {Reason}")]
    private partial void LogUnavailable(string reason);
}
