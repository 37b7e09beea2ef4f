namespace Mom.Messaging.Topology;

/// <summary>The <c>x-arguments</c> of each kind of queue. They cannot change while the queue exists.</summary>
internal static class QueueArguments
{
    /// <summary>How often a quorum queue hands a message out again before it drops it.</summary>
    public const string DeliveryLimit = "x-delivery-limit";

    // What is negative means no limit since 4.0. Before it there was no limit unless one was set, and a negative one is less than
    // any count: the broker drops a message the first time that it comes back (seen on 3.10.8).
    private static readonly Version UnlimitedIsNegative = new(4, 0);

    public static Dictionary<string, object?> ForWork(QueueType type, Version broker)
    {
        var arguments = ForDeadLetters(type);
        if (type == QueueType.Classic)
        {
            arguments["x-max-priority"] = (int)MessagePriority.Maximum;
        }
        else if (broker >= UnlimitedIsNegative)
        {
            // Attempts are counted by this engine; the broker's own limit (20 since 4.0) would cut them short.
            arguments[DeliveryLimit] = -1;
        }

        return arguments;
    }

    /// <summary>Messages expire back into their work queue, each by its own expiration.</summary>
    public static Dictionary<string, object?> ForRetry(BrokerTopology topology, QueueDefinition queue)
    {
        var arguments = ForExpiry(topology.TypeOf(queue), topology.CommandExchange);
        arguments["x-dead-letter-routing-key"] = queue.Name;
        return arguments;
    }

    /// <summary>Messages expire into the next exchange, all after the same time and with their routing key.</summary>
    public static Dictionary<string, object?> ForDelay(QueueType type, TimeSpan wait, string next)
    {
        var arguments = ForExpiry(type, next);
        arguments["x-message-ttl"] = (long)wait.TotalMilliseconds;
        return arguments;
    }

    public static Dictionary<string, object?> ForDeadLetters(QueueType type) => new(StringComparer.Ordinal)
    {
        ["x-queue-type"] = type == QueueType.Quorum ? "quorum" : "classic",
    };

    private static Dictionary<string, object?> ForExpiry(QueueType type, string target)
    {
        var arguments = ForDeadLetters(type);
        arguments["x-dead-letter-exchange"] = target;
        if (type == QueueType.Quorum)
        {
            // The message stays here until its next queue has confirmed it. Only with reject-publish; with the default,
            // drop-head, the broker silently falls back to at-most-once (https://www.rabbitmq.com/docs/quorum-queues#dead-lettering).
            arguments["x-dead-letter-strategy"] = "at-least-once";
            arguments["x-overflow"] = "reject-publish";
        }

        return arguments;
    }
}
