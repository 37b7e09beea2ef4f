namespace Mom.Messaging.Topology;

/// <summary>All exchanges and queues of a system, as data.</summary>
/// <param name="CommandExchange">
/// Topic exchange for commands and requests; the routing key is the queue's name. A topic exchange, and not a direct one, because the broker's
/// topic permissions say who may write to which queue, and know no other type: https://www.rabbitmq.com/docs/access-control#topic-authorisation.
/// </param>
/// <param name="EventExchange">Topic exchange for events.</param>
/// <param name="Queues">The work queues. Their retry tiers and dead-letter queues follow from them.</param>
public sealed record BrokerTopology(string CommandExchange, string EventExchange, IReadOnlyList<QueueDefinition> Queues)
{
    /// <summary>Type of every work and dead-letter queue that does not name its own: <see cref="QueueType.Classic"/> or <see cref="QueueType.Quorum"/>.</summary>
    public QueueType QueueType { get; init; } = QueueType.Classic;

    /// <summary>Topic exchange for replies; the routing key is the reply queue that a request names.</summary>
    public string ReplyExchange { get; init; } = "mom.replies";

    /// <summary>An exchange that carries nothing and is declared last: where it exists, the rest has been declared and bound.</summary>
    public string DeclaredMarker => $"{CommandExchange}.declared";

    /// <summary>Whether a service declares all of it (the default), or waits until another has.</summary>
    public TopologyMode Mode { get; init; } = TopologyMode.Declare;

    /// <summary>The type of a queue of this topology.</summary>
    public QueueType TypeOf(QueueDefinition queue) => queue.Type ?? QueueType;

    /// <summary>
    /// The routing key of a message to a queue: the queue's name, or that of the partition of its key. A queue of which this process knows no more than its
    /// name has none that it knows of: what is sent to it by its name goes to the first.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="partitionKey">The message's key (<see cref="IPartitioned"/>), or <see langword="null"/>: messages without one share the first partition.</param>
    public string RoutingKeyFor(string queue, string? partitionKey) =>
        Find(queue) is { IsPartitioned: true } own ? own.PartitionQueue(partitionKey is null ? 0 : Partition.Of(partitionKey, own.Partitions)) : queue;

    /// <summary>The definition of a queue.</summary>
    /// <exception cref="ArgumentException">The topology has no queue of that name.</exception>
    public QueueDefinition Queue(string name) =>
        Find(name)
        ?? throw new ArgumentException($"The topology has no queue '{name}'. It has: {string.Join(", ", Queues.Select(queue => queue.Name))}.", nameof(name));

    /// <summary>The definition of a queue, or <see langword="null"/> when the topology has none of that name.</summary>
    public QueueDefinition? Find(string name) => Queues.FirstOrDefault(queue => string.Equals(queue.Name, name, StringComparison.Ordinal));
}
