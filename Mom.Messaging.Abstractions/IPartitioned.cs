namespace Mom.Messaging;

/// <summary>
/// A message with a key: on a queue with partitions (<see cref="Topology.QueueDefinition.Partitions"/>) the messages of one key are handled one after another,
/// in the order in which they were published, by one process at a time.
/// </summary>
/// <example><code>
/// [Message("shop.order.ship.v1", Queue = "shop.shipping")]
/// public sealed record ShipOrder(string Order, string Address) : IPartitioned
/// {
///     // Implemented like this it is no part of the JSON.
///     string IPartitioned.PartitionKey => Order;
/// }
/// </code></example>
public interface IPartitioned
{
    /// <summary>What the message is about, 1 to 255 characters: the same text for all messages that must keep their order.</summary>
    string PartitionKey { get; }
}
