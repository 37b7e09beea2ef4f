namespace Mom.Messaging.Topology;

/// <summary>All exchanges and queues of a system, as data. Every service declares the whole of it, so that no start order matters.</summary>
/// <param name="CommandExchange">Direct exchange for commands and requests; the routing key is the queue's name.</param>
/// <param name="EventExchange">Topic exchange for events.</param>
/// <param name="Queues">The work queues. Their retry tiers and dead-letter queues follow from them.</param>
public sealed record BrokerTopology(string CommandExchange, string EventExchange, IReadOnlyList<QueueDefinition> Queues)
{
    /// <summary>Type of every work and dead-letter queue that does not name its own: <see cref="QueueType.Classic"/> or <see cref="QueueType.Quorum"/>.</summary>
    public QueueType QueueType { get; init; } = QueueType.Classic;

    /// <summary>The type of a queue of this topology.</summary>
    public QueueType TypeOf(QueueDefinition queue) => queue.Type ?? QueueType;

    /// <summary>The definition of a queue.</summary>
    /// <exception cref="ArgumentException">The topology has no queue of that name.</exception>
    public QueueDefinition Queue(string name) =>
        Queues.FirstOrDefault(queue => string.Equals(queue.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"The topology has no queue '{name}'. It has: {string.Join(", ", Queues.Select(queue => queue.Name))}.", nameof(name));
}
