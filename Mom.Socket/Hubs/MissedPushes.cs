using StackExchange.Redis;

namespace Mom.Socket.Hubs;

/// <summary>
/// Pub/sub keeps nothing for a subscriber that was disconnected, and a user's connection stays open meanwhile: nobody would notice what is
/// missing. So once the subscription is back, all connections are closed. Clients connect again, and each of them catches up.
/// </summary>
internal sealed partial class MissedPushes(IConnectionMultiplexer redis, OpenConnections connections, ILogger<MissedPushes> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        redis.ConnectionRestored += OnRestored;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        redis.ConnectionRestored -= OnRestored;
        return Task.CompletedTask;
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored)
    {
        if (restored.ConnectionType == ConnectionType.Subscription)
        {
            LogClosed(connections.Close());
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Redis was unavailable: {Count} connections are closed, so that their clients reconnect and catch up")]
    private partial void LogClosed(int count);
}
