using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;

namespace Mom.Messaging.Topology;

/// <summary>
/// Looks again and again while the connection stays whether an exchange or queue is missing, and declares all of them then. A service that may not declare anything waits for a queue that somebody has
/// deleted; there is no other signal of that.
/// </summary>
internal sealed class TopologyKeeper(BrokerConnections connections, TopologyDeclarer topology, TimeSpan period, TimeProvider time, ILogger<TopologyKeeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await DeclareAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task DeclareAsync(CancellationToken cancellationToken)
    {
        // A new connection declares it by itself.
        if (connections.Consume.Current is not { } connection)
        {
            return;
        }

        try
        {
            await topology.EnsureAsync(connection, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever keeps it from being declared, it is tried again.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotDeclared(logger, exception.Message);
        }
    }
}
