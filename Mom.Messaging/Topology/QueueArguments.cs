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
        var arguments = ForExpiry(topology.CommandExchange);
        arguments["x-dead-letter-routing-key"] = queue.Name;
        return arguments;
    }

    /// <summary>Messages expire into the next exchange, all after the same time and with their routing key.</summary>
    public static Dictionary<string, object?> ForDelay(TimeSpan wait, string next)
    {
        var arguments = ForExpiry(next);
        arguments["x-message-ttl"] = (long)wait.TotalMilliseconds;
        return arguments;
    }

    public static Dictionary<string, object?> ForDeadLetters(QueueType type) => new(StringComparer.Ordinal)
    {
        ["x-queue-type"] = type == QueueType.Quorum ? "quorum" : "classic",
    };

    // Always a quorum queue, whatever the type of the others. A classic queue publishes an expired message to its next queue without a confirm
    // and forgets it: a node that dies in that moment, or a next queue that is full or was deleted, loses it. Here it stays until its next queue
    // has confirmed it. Only with reject-publish; with the default, drop-head, the broker silently falls back to at-most-once
    // (https://www.rabbitmq.com/docs/quorum-queues#dead-lettering).
    private static Dictionary<string, object?> ForExpiry(string target)
    {
        var arguments = ForDeadLetters(QueueType.Quorum);
        arguments["x-dead-letter-exchange"] = target;
        arguments["x-dead-letter-strategy"] = "at-least-once";
        arguments["x-overflow"] = "reject-publish";
        return arguments;
    }
}
