using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;

namespace Mom.Messaging.Consuming;

/// <summary>
/// Keeps one queue consumed. Each session is a channel with a consumer; whatever ends it (connection lost, channel closed,
/// consumer cancelled by the broker) leads to the next one.
/// </summary>
internal sealed class QueueConsumer(
    ConsumerRegistration registration,
    BrokerConnections connections,
    MessageProcessor processor,
    ILogger<QueueConsumer> logger) : BackgroundService
{
    private readonly CancellationTokenSource _hardStop = new();

    /// <summary>Whether messages are being received at present.</summary>
    public bool IsConsuming { get; private set; }

    public string Queue => registration.Queue.Name;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The host's patience ends with this token: handlers are told then, and their messages go back to the queue.
        await using var impatience = cancellationToken.Register(_hardStop.Cancel).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _hardStop.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = new ReconnectDelay();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var connection = await connections.Consume.WaitAsync(stoppingToken).ConfigureAwait(false);
                await using var session = new ConsumerSession(registration, processor, logger, _hardStop.Token);
                await session.StartAsync(connection, stoppingToken).ConfigureAwait(false);
                IsConsuming = true;
                delay.Reset();
                var reason = await session.RunAsync(stoppingToken).ConfigureAwait(false);
                if (!stoppingToken.IsCancellationRequested)
                {
                    Log.ConsumerEnded(logger, Queue, reason);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever ends a session, the remedy is the next one.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Log.ConsumerEnded(logger, Queue, exception.Message);
            }
            finally
            {
                IsConsuming = false;
            }

            await delay.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
