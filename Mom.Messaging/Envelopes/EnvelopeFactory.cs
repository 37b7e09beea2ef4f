using System.Collections.Frozen;
using Mom.Messaging.Contracts;
using Mom.Messaging.Delays;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Envelopes;

/// <summary>Puts messages into envelopes as their contracts say.</summary>
internal sealed class EnvelopeFactory(MessageRegistry registry, BrokerTopology topology, MessageVersions versions, Propagation propagation, TimeProvider time)
{
    private const int LongestKey = 255;

    private readonly FrozenSet<string> _partitions = topology.Queues.SelectMany(queue => queue.PartitionQueues).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The envelope of a command, request or event.</summary>
    /// <exception cref="InvalidOperationException">The contract names neither a queue nor a topic.</exception>
    /// <exception cref="ArgumentException">Options contradict each other, or one is out of its range.</exception>
    public Envelope Create(object message, PublishOptions? options = null)
    {
        var key = KeyOf(message, options);
        message = versions.Published(message);
        var contract = registry.Find(message.GetType());
        var priority = options?.Priority ?? contract.Attribute.Priority;
        var (exchange, routingKey) = (options?.Queue, options?.Topic) switch
        {
            ({ } queue, null) => (topology.CommandExchange, LaneOf(queue, priority, key)),
            (null, { } topic) => (topology.EventExchange, topic),
            ({ }, { }) => throw new ArgumentException("PublishOptions names a Queue and a Topic. A message goes to one of them.", nameof(options)),
            _ when contract.Attribute.Topic is { } topic && contract.Attribute.Queue is null => (topology.EventExchange, topic),
            _ when contract.Queue is { } queue => (topology.CommandExchange, LaneOf(queue, priority, key)),
            _ => throw new InvalidOperationException($"'{contract.Name}' goes nowhere: its [Message] names neither a queue nor a topic."),
        };
        var envelope = Wrap(exchange, routingKey, message, contract, options);
        if (propagation.HeadersOf(envelope.MessageId, options) is { } headers)
        {
            envelope = envelope with { Headers = headers };
        }

        if (_partitions.Count > 0 && _partitions.Contains(routingKey))
        {
            // A quorum queue would let the more urgent of two messages of a key go first.
            envelope = envelope with { Priority = MessagePriority.Normal };
        }

        if (key is not null)
        {
            envelope = envelope with { Headers = new Dictionary<string, object?>(envelope.Headers, StringComparer.Ordinal) { [MessageHeaders.PartitionKey] = key } };
        }

        return options is null ? envelope : Timed(envelope, options);
    }

    /// <exception cref="ArgumentException">It is empty, or too long.</exception>
    private static string? KeyOf(object message, PublishOptions? options) => (options?.PartitionKey ?? (message as IPartitioned)?.PartitionKey) switch
    {
        { Length: 0 or > LongestKey } key => throw new ArgumentException($"The partition key of {message.GetType().Name} has {key.Length} characters. Give it 1 to {LongestKey}.", nameof(message)),
        var key => key,
    };

    /// <summary>The envelope of a reply.</summary>
    public Envelope Reply(Envelope request, object reply) =>
        new(topology.ReplyExchange, request.ReplyTo!, registry.Find(reply.GetType()).Name, Guid.CreateVersion7(), MessagePriority.Rpc, registry.Serialize(reply))
        {
            Timestamp = time.GetUtcNow(),
            CorrelationId = request.CorrelationId,
            Persistent = false,
            Mandatory = false,
        };

    private Envelope Timed(Envelope envelope, PublishOptions options)
    {
        if (options is { Delay: not null, DeliverAt: not null })
        {
            throw new ArgumentException("PublishOptions names a Delay and a DeliverAt. Set one of them.", nameof(options));
        }

        var delay = options.DeliverAt is { } at ? Later(at) : options.Delay;
        if (options.TimeToLive is { } age)
        {
            OptionsCheck.IsWait(age, option: "PublishOptions.TimeToLive");
            return delay is null || delay == TimeSpan.Zero
                ? envelope with { Expiration = age }
                : throw new ArgumentException("PublishOptions names a TimeToLive and a delay: a message that waits in the broker would end its wait with the shorter of the two. Set one of them.", nameof(options));
        }

        return delay is { } wait ? DelayTopology.Delay(envelope, wait, topology) : envelope;
    }

    private TimeSpan Later(DateTimeOffset at)
    {
        var wait = at - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    // A queue of another service need not be in the topology of this one.
    private string LaneOf(string queue, byte priority, string? key) =>
        priority >= MessagePriority.Rpc && topology.Find(queue) is { UrgentLane: true } own ? own.UrgentQueue : topology.RoutingKeyFor(queue, key);

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
