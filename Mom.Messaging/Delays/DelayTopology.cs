using Mom.Messaging.Envelopes;
using Mom.Messaging.Topology;
using RabbitMQ.Client;

namespace Mom.Messaging.Delays;

/// <summary>
/// The exchanges and queues in which delayed messages wait; one exchange and one queue for each level, after the design of
/// NServiceBus (https://docs.particular.net/transports/rabbitmq/delayed-delivery). No plugin is needed, and every state of a
/// message on its way is a message in a durable queue.
/// </summary>
internal static class DelayTopology
{
    /// <inheritdoc cref="DelayExchanges.Prefix"/>
    public const string Prefix = DelayExchanges.Prefix;

    private const string DeliveryExchange = DelayExchanges.Delivery;

    // Where a message goes that no queue takes at the end of its delay, such as one to a queue that was deleted. A level keeps what is not
    // confirmed, and after 32 such messages (dead_letter_worker_consumer_prefetch) it would let no other through. From here the broker tries
    // again and again, every three minutes.
    private const string Undelivered = DelayExchanges.Undelivered;

    private static readonly TimeSpan FirstTry = TimeSpan.FromSeconds(5);

    /// <summary>The same message, to arrive after a delay.</summary>
    /// <param name="envelope">To the command exchange with a queue as its key, or to the event exchange with a topic.</param>
    /// <param name="delay">Rounded up to seconds; zero changes nothing.</param>
    /// <param name="topology">Tells commands from events.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative, or longer than <see cref="DelayLevels.Longest"/>.</exception>
    public static Envelope Delay(Envelope envelope, TimeSpan delay, BrokerTopology topology)
    {
        var seconds = DelayLevels.Seconds(delay);
        if (seconds == 0)
        {
            return envelope;
        }

        var address = string.Equals(envelope.Exchange, topology.EventExchange, StringComparison.Ordinal)
            ? EventAddress(envelope.RoutingKey)
            : QueueAddress(envelope.RoutingKey);
        return envelope with { Exchange = Level(DelayLevels.Entry(seconds)), RoutingKey = DelayLevels.RoutingKey(seconds, address) };
    }

    /// <summary>Sends the declarations without waiting for an answer to any.</summary>
    public static async Task DeclareAsync(IChannel channel, BrokerTopology topology, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(Undelivered, ExchangeType.Fanout, durable: true, noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        await DeclareQueueAsync(Undelivered, FirstTry, DeliveryExchange).ConfigureAwait(false);
        await channel.QueueBindAsync(Undelivered, Undelivered, string.Empty, noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        await channel.ExchangeDeclareAsync(
            DeliveryExchange, ExchangeType.Topic, durable: true, autoDelete: false, new Dictionary<string, object?>(StringComparer.Ordinal) { ["alternate-exchange"] = Undelivered },
            noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        for (var level = 0; level < DelayLevels.Count; level++)
        {
            var (name, next) = (Level(level), level == 0 ? DeliveryExchange : Level(level - 1));
            await channel.ExchangeDeclareAsync(name, ExchangeType.Topic, durable: true, noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            await DeclareQueueAsync(name, DelayLevels.Wait(level), next).ConfigureAwait(false);
            await channel.QueueBindAsync(name, name, DelayLevels.Pattern(level, 1), noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
            await channel.ExchangeBindAsync(next, name, DelayLevels.Pattern(level, 0), noWait: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        foreach (var queue in topology.Queues)
        {
            await BindAsync(queue.IsPartitioned ? queue.PartitionQueue(0) : queue.Name, QueueAddress(queue.Name)).ConfigureAwait(false);
            foreach (var partition in queue.PartitionQueues)
            {
                await BindAsync(partition, QueueAddress(partition)).ConfigureAwait(false);
            }

            if (queue.UrgentLane)
            {
                await BindAsync(queue.UrgentQueue, QueueAddress(queue.UrgentQueue)).ConfigureAwait(false);
            }

            foreach (var pattern in queue.EventPatterns)
            {
                await BindAsync(queue.Name, EventAddress(pattern)).ConfigureAwait(false);
            }
        }

        Task DeclareQueueAsync(string name, TimeSpan wait, string next) => channel.QueueDeclareAsync(
            name, durable: true, exclusive: false, autoDelete: false, QueueArguments.ForDelay(wait, next), noWait: true, cancellationToken: cancellationToken);

        Task BindAsync(string queue, string address) =>
            channel.QueueBindAsync(queue, DeliveryExchange, DelayLevels.Delivery(address), noWait: true, cancellationToken: cancellationToken);
    }

    // Apart from each other, so that a topic may have the name of a queue.
    private static string QueueAddress(string queue) => $"q.{queue}";

    private static string EventAddress(string topic) => $"e.{topic}";

    private static string Level(int level) => DelayExchanges.Level(level);
}
