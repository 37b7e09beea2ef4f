using Mom.Messaging.Connections;

namespace Mom.Messaging.Topology;

/// <inheritdoc cref="IQueueDepths"/>
internal sealed class QueueDepths(BrokerConnections connections) : IQueueDepths
{
    public async Task<long> CountReadyAsync(IEnumerable<string> queues, CancellationToken cancellationToken)
    {
        await using var channel = await connections.Consume.Require().CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var count = 0L;
        foreach (var queue in queues)
        {
            count += (await channel.QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false)).MessageCount;
        }

        return count;
    }
}
