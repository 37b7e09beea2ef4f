using System.Text.Json;

namespace Mom.Messaging.Topology;

/// <summary>The <c>x-arguments</c> of each kind of queue. They cannot change while the queue exists.</summary>
internal static class QueueArguments
{
    /// <summary>How often a quorum queue hands a message out again before it drops it.</summary>
    public const string DeliveryLimit = "x-delivery-limit";

    private const string MaxLength = "x-max-length";
    private const string MaxLengthBytes = "x-max-length-bytes";
    private const string MessageTtl = "x-message-ttl";
    private const string Overflow = "x-overflow";

    // What is negative means no limit since 4.0. Before it there was no limit unless one was set, and a negative one is less than
    // any count: the broker drops a message the first time that it comes back (seen on 3.10.8).
    private static readonly Version UnlimitedIsNegative = new(4, 0);

    /// <summary>Whether a queue that exists with another value of an argument is of use all the same: a policy can set it, too.</summary>
    public static bool IsLimit(string argument) => argument is DeliveryLimit or MaxLength or MaxLengthBytes or MessageTtl or Overflow;

    /// <summary>The same as <see cref="WithLimits"/> by a policy: JSON for <c>rabbitmqctl set_policy</c>.</summary>
    public static string PolicyFor(string argument, QueueLimits? limits) => JsonSerializer.Serialize(
        string.Equals(argument, DeliveryLimit, StringComparison.Ordinal)
            ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["delivery-limit"] = -1 }
            : WithLimits([], limits).ToDictionary(limit => limit.Key["x-".Length..], limit => limit.Value, StringComparer.Ordinal));

    /// <summary>Adds the limits of a queue.</summary>
    public static Dictionary<string, object?> WithLimits(Dictionary<string, object?> arguments, QueueLimits? limits)
    {
        if (limits is null)
        {
            return arguments;
        }

        Add(MaxLength, limits.Messages);
        Add(MaxLengthBytes, limits.Bytes);
        Add(MessageTtl, (long?)limits.Age?.TotalMilliseconds);
        if (limits.Messages is not null || limits.Bytes is not null)
        {
            arguments[Overflow] = limits.Overflow == QueueOverflow.Refuse ? "reject-publish" : "drop-head";
        }

        return arguments;

        void Add(string argument, long? value)
        {
            if (value is not { } limit)
            {
                return;
            }

            ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, argument);
            arguments[argument] = limit;
        }
    }

    public static Dictionary<string, object?> ForWork(QueueType type, Version broker)
    {
        var arguments = Unlimited(type, broker);
        if (type == QueueType.Classic)
        {
            arguments["x-max-priority"] = (int)MessagePriority.Maximum;
        }

        return arguments;
    }

    /// <summary>First in, first out, to one consumer at a time: https://www.rabbitmq.com/docs/consumers#single-active-consumer.</summary>
    public static Dictionary<string, object?> ForPartition(QueueType type, Version broker)
    {
        var arguments = Unlimited(type, broker);
        arguments["x-single-active-consumer"] = true;
        return arguments;
    }

    /// <summary>The last message is kept, and takes the place of the one before it.</summary>
    public static Dictionary<string, object?> ForSupport() => WithLimits(ForDeadLetters(QueueType.Classic), new QueueLimits { Messages = 1 });

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

    private static Dictionary<string, object?> Unlimited(QueueType type, Version broker)
    {
        var arguments = ForDeadLetters(type);
        if (type == QueueType.Quorum && broker >= UnlimitedIsNegative)
        {
            // Attempts are counted by this engine; the broker's own limit (20 since 4.0) would cut them short.
            arguments[DeliveryLimit] = -1;
        }

        return arguments;
    }

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
