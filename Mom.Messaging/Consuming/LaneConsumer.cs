using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Topology;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Mom.Messaging.Consuming;

/// <summary>
/// Keeps one lane consumed. Each session is a channel with a consumer; whatever ends it (connection lost, channel closed, consumer
/// cancelled by the broker, silence) leads to the next one.
/// </summary>
internal sealed class LaneConsumer(
    LaneState lane,
    ConsumerRegistration registration,
    BrokerConnections connections,
    TopologyDeclarer topology,
    DeliveryHandler handler,
    PauseSwitch pause,
    TimeProvider time,
    ILogger logger)
{
    private const int NotFound = 404;

    // A session that ends sooner has not shown that all is well again.
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(5);

    public LaneState State => lane;

    public async Task RunAsync(CancellationToken hardStop, CancellationToken stoppingToken)
    {
        var delay = new ReconnectDelay();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await pause.WhileOffAsync(stoppingToken).ConfigureAwait(false);
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, pause.Paused);
                var connection = await connections.Consume.WaitAsync(stop.Token).ConfigureAwait(false);
                var started = time.GetTimestamp();
                var reason = await ConsumeAsync(connection, hardStop, stop.Token).ConfigureAwait(false);
                if (stop.IsCancellationRequested)
                {
                    continue;
                }

                Ended(reason);
                if (time.GetElapsedTime(started) > Stable)
                {
                    delay.Reset();
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested || pause.IsPaused)
            {
                continue;
            }
#pragma warning disable CA1031 // Whatever ends a session, the remedy is the next one.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                // What the broker says of a permission that is missing, or of a queue that is not what was asked for, is in its own words below.
                Ended((exception as OperationInterruptedException)?.ShutdownReason?.ReplyText ?? exception.Message);
            }

            await delay.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string> ConsumeAsync(IConnection connection, CancellationToken hardStop, CancellationToken stoppingToken)
    {
        await using var session = new ConsumerSession(lane, registration, handler, time, logger, hardStop);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var (watch, share) = (Task.CompletedTask, Task.CompletedTask);
        try
        {
            await StartAsync(session, connection, stoppingToken).ConfigureAwait(false);
            // Paused meanwhile: what has come in already must not be begun.
            stoppingToken.ThrowIfCancellationRequested();
            lane.Session = session;
            lane.Trouble = null;
            watch = new ConsumerWatchdog(lane, session, connection, registration.Options.SilenceLimit, time).WatchAsync(ended.Token);
            share = HandOverAsync(session, connection, ended.Token);
            return await session.RunAsync(stoppingToken).ConfigureAwait(false);
        }
        finally
        {
            lane.Session = null;
            await ended.CancelAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(false);
            await share.ConfigureAwait(false);
        }
    }

    private async Task HandOverAsync(ConsumerSession session, IConnection connection, CancellationToken ended)
    {
        if (lane.Share is null)
        {
            return;
        }

        try
        {
            await lane.Share.IsSurplusAsync(session, connection, registration.Options.RebalanceEvery, time, ended).ConfigureAwait(false);
            session.Leave("another process takes its turn");
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The session has ended by itself.
        }
#pragma warning disable CA1031 // Without an answer of the broker everything stays as it is; the next session asks again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotRebalanced(logger, lane.Lane.Queue, exception.Message);
        }
    }

    private void Ended(string reason)
    {
        lane.Trouble = reason;
        Log.ConsumerEnded(logger, lane.Lane.Queue, reason);
    }

    private async Task StartAsync(ConsumerSession session, IConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await session.StartAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == NotFound)
        {
            // Somebody deleted the queue while the connection stayed, which is when the topology was last declared.
            await topology.DeclareAsync(connection, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }
}
