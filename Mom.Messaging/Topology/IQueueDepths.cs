namespace Mom.Messaging.Topology;

/// <summary>Asks the broker how many messages wait.</summary>
public interface IQueueDepths
{
    /// <summary>Messages that are ready in the named queues together. Those that were delivered and not acked yet are not among them.</summary>
    /// <exception cref="Errors.BrokerUnavailableException">There is no connection.</exception>
    Task<long> CountReadyAsync(IEnumerable<string> queues, CancellationToken cancellationToken);
}
