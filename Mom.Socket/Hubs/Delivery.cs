using Microsoft.AspNetCore.SignalR;
using Mom.Contracts;
using Mom.Messaging.Consuming;
using StackExchange.Redis;

namespace Mom.Socket.Hubs;

/// <summary>
/// Whether changes come through to the users of this replica: it consumes the queue of pushes, and Redis carries them to the connections. Users are
/// told, for a connection that is open and silent looks the same to them as one in which nothing happens.
/// </summary>
internal sealed partial class Delivery(
    IConsumerControl consumers, IConnectionMultiplexer redis, OpenConnections connections, IHubContext<UserHub> hub, TimeProvider time, ILogger<Delivery> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    // A client that takes nothing must not keep the others from hearing of it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Why changes do not come through, as a sentence for users; <see langword="null"/> while they do.</summary>
    public string? Trouble =>
        !redis.IsConnected ? "The cache is unavailable: changes arrive when it is back."
        : consumers.Consumers.Any(consumer => consumer.State is ConsumerState.Reconnecting) ? "The message broker is unavailable: changes arrive when it is back."
        : consumers.Consumers.All(consumer => consumer.State is ConsumerState.Consuming) ? null
        : "Pushes are paused: changes arrive when they are resumed.";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        string? told = null;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var trouble = Trouble;
                if (string.Equals(trouble, told, StringComparison.Ordinal))
                {
                    continue;
                }

                told = trouble;
                LogChanged(trouble ?? "Changes come through.");
                await Task.WhenAll(connections.All().Select(connection => TellAsync(connection.Id, trouble)));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    // To a connection of this replica, for which the backplane is not needed.
    private async Task TellAsync(string connection, string? trouble)
    {
        try
        {
            await hub.Clients.Client(connection).SendAsync(SocketContract.DeliveryChanged, trouble).WaitAsync(Patience, time);
        }
#pragma warning disable CA1031 // One that cannot be told is gone, or will be told when it comes back.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Nothing follows from it.
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{State}")]
    private partial void LogChanged(string state);
}
