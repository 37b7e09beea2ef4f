namespace Mom.Messaging.Topology;

/// <summary>The <c>x-arguments</c> of each kind of queue. They cannot change while the queue exists.</summary>
internal static class QueueArguments
{
    public static Dictionary<string, object?> ForWork(QueueType type)
    {
        var arguments = ForDeadLetters(type);
        if (type == QueueType.Classic)
        {
            arguments["x-max-priority"] = (int)MessagePriority.Maximum;
        }
        else
        {
            // Attempts are counted by this engine; the broker's own limit (20 since 4.0) would cut them short. A number that is
            // never reached and not -1, which is "none" since 4.0 only: RabbitMQ 3 refuses to declare such a queue.
            arguments["x-delivery-limit"] = 1_000_000;
        }

        return arguments;
    }

    /// <summary>Messages expire back into their work queue, each by its own expiration.</summary>
    public static Dictionary<string, object?> ForRetry(BrokerTopology topology, QueueDefinition queue)
    {
        var type = topology.TypeOf(queue);
        var arguments = ForDeadLetters(type);
        arguments["x-dead-letter-exchange"] = topology.CommandExchange;
        arguments["x-dead-letter-routing-key"] = queue.Name;
        if (type == QueueType.Quorum)
        {
            // The message stays here until the work queue has confirmed it. Only with reject-publish; with the default,
            // drop-head, the broker silently falls back to at-most-once (https://www.rabbitmq.com/docs/quorum-queues#dead-lettering).
            arguments["x-dead-letter-strategy"] = "at-least-once";
            arguments["x-overflow"] = "reject-publish";
        }

        return arguments;
    }

    public static Dictionary<string, object?> ForDeadLetters(QueueType type) => new(StringComparer.Ordinal)
    {
        ["x-queue-type"] = type == QueueType.Quorum ? "quorum" : "classic",
    };
}
