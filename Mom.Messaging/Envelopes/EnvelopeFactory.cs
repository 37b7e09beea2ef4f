using Mom.Messaging.Contracts;
using Mom.Messaging.Delays;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Envelopes;

/// <summary>Puts messages into envelopes as their contracts say.</summary>
internal sealed class EnvelopeFactory(MessageRegistry registry, BrokerTopology topology, TimeProvider time)
{
    /// <summary>The envelope of a command, request or event.</summary>
    /// <exception cref="InvalidOperationException">The contract names neither a queue nor a topic.</exception>
    public Envelope Create(object message, PublishOptions? options = null)
    {
        var contract = registry.Find(message.GetType());
        var priority = options?.Priority ?? contract.Attribute.Priority;
        var (exchange, routingKey) = contract.Attribute switch
        {
            { Queue: { } queue } => (topology.CommandExchange, LaneOf(topology.Queue(queue), priority)),
            { Topic: { } topic } => (topology.EventExchange, topic),
            _ => throw new InvalidOperationException($"'{contract.Name}' goes nowhere: its [Message] names neither a queue nor a topic."),
        };
        var envelope = Wrap(exchange, routingKey, message, contract, options);
        return options?.Delay is { } delay ? DelayTopology.Delay(envelope, delay, topology) : envelope;
    }

    /// <summary>The envelope of a reply.</summary>
    public Envelope Reply(Envelope request, object reply) =>
        Wrap(topology.ReplyExchange, request.ReplyTo!, reply, registry.Find(reply.GetType()), options: null) with
        {
            CorrelationId = request.CorrelationId,
            Priority = MessagePriority.Rpc,
            Persistent = false,
            Mandatory = false,
        };

    private static string LaneOf(QueueDefinition queue, byte priority) =>
        queue.UrgentLane && priority >= MessagePriority.Rpc ? queue.UrgentQueue : queue.Name;

    private Envelope Wrap(string exchange, string routingKey, object message, MessageContract contract, PublishOptions? options) =>
        new(
            exchange,
            routingKey,
            contract.Name,
            options?.MessageId ?? Guid.CreateVersion7(),
            options?.Priority ?? contract.Attribute.Priority,
            registry.Serialize(message))
        {
            Timestamp = time.GetUtcNow(),
            Mandatory = contract.Attribute.Mandatory,
        };
}
