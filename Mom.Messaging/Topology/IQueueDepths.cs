using Mom.Messaging.Connections;

namespace Mom.Messaging.Topology;

/// <summary>Asks the broker how many messages wait.</summary>
public interface IQueueDepths
{
    /// <summary>Messages that are ready in the named queues together. Those that were delivered and not acked yet are not among them.</summary>
    /// <exception cref="Errors.BrokerUnavailableException">There is no connection.</exception>
    Task<long> CountReadyAsync(IEnumerable<string> queues, CancellationToken cancellationToken);
}

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
