using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Mom.Messaging.Delays;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Retries;

namespace Mom.Messaging.Diagnostics;

/// <summary>Metrics after OpenTelemetry's semantic conventions for messaging, and those that the conventions do not know.</summary>
internal static class MessagingMetrics
{
    private const int MostNames = 1_000;

    private static readonly ConcurrentDictionary<(string Exchange, string RoutingKey), string> Names = new();

    private static readonly Meter Meter = new(MessagingActivities.SourceName);

    // OpenTelemetry's own buckets are for milliseconds: everything below 5 s would be in one. These are those of the conventions:
    // https://opentelemetry.io/docs/specs/semconv/messaging/messaging-metrics/.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    private static readonly Counter<long> SentMessages =
        Meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages that were published; with error.type those that the broker did not confirm.");

    private static readonly Histogram<double> OperationDuration =
        Meter.CreateHistogram("messaging.client.operation.duration", "s", "Time from a publish to its confirm.", tags: null, Seconds);

    private static readonly UpDownCounter<long> ConfirmsOutstanding =
        Meter.CreateUpDownCounter<long>("mom.messaging.confirms.outstanding", "{message}", "Publishes whose confirm has not come yet.");

    private static readonly Counter<long> ConsumedMessages =
        Meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages that were delivered.");

    private static readonly Histogram<double> ProcessDuration =
        Meter.CreateHistogram("messaging.process.duration", "s", "Time in the handler.", tags: null, Seconds);

    private static readonly Counter<long> RetriedMessages =
        Meter.CreateCounter<long>("mom.messaging.retries", "{message}", "Messages that failed and will be tried again.");

    private static readonly Counter<long> DeadMessages =
        Meter.CreateCounter<long>("mom.messaging.dead_letters", "{message}", "Messages that became dead letters.");

    private static readonly Counter<long> RelayedMessages =
        Meter.CreateCounter<long>("mom.messaging.outbox.relayed", "{message}", "Messages of the outbox that the broker confirmed.");

    private static readonly Counter<long> SuspectedMessages =
        Meter.CreateCounter<long>("mom.messaging.suspects", "{message}", "Messages that were in flight at a consumer that was lost, by the lane they left.");

    private static readonly Counter<long> ExpiredRequests =
        Meter.CreateCounter<long>("mom.messaging.rpc.expired", "{message}", "Requests that were received but not begun before their caller had gone.");

    private static readonly Counter<long> SilentConsumers =
        Meter.CreateCounter<long>("mom.messaging.consumers.replaced", "{consumer}", "Consumers that went silent although messages were ready.");

    private static readonly Counter<long> TimedOutHandlers =
        Meter.CreateCounter<long>("mom.messaging.handlers.timed_out", "{call}", "Calls of handlers that exceeded their time.");

    private static readonly UpDownCounter<long> AbandonedHandlers =
        Meter.CreateUpDownCounter<long>("mom.messaging.handlers.abandoned", "{call}", "Calls of handlers that were abandoned and have not ended.");

    private static readonly Counter<long> DiscardedMessages =
        Meter.CreateCounter<long>("mom.messaging.discarded", "{message}", "Messages that failed and were dropped by the failure policy of their consumer.");

    private static readonly Counter<long> LateReplies =
        Meter.CreateCounter<long>("mom.messaging.rpc.late_replies", "{message}", "Replies that nobody waited for any more.");

    /// <summary>A publish has ended, well or not.</summary>
    public static void Sent(Envelope message, TimeSpan duration, Exception? failure)
    {
        if (!SentMessages.Enabled && !OperationDuration.Enabled)
        {
            return;
        }

        var tags = Operation("publish", Destination(message));
        tags.Add("mom.message.type", message.Type);
        if (failure is not null)
        {
            tags.Add("error.type", failure.GetType().Name);
        }

        SentMessages.Add(1, tags);
        OperationDuration.Record(duration.TotalSeconds, tags);
    }

    public static void ConfirmAwaited(int change) => ConfirmsOutstanding.Add(change);

    public static void Consumed(string queue) => ConsumedMessages.Add(1, Operation("deliver", queue));

    public static void Processed(string queue, TimeSpan duration, bool ok)
    {
        var tags = Operation("process", queue);
        if (!ok)
        {
            // What exactly it was stands on the span: its type here would make a series of each exception.
            tags.Add("error.type", "_OTHER");
        }

        ProcessDuration.Record(duration.TotalSeconds, tags);
    }

    public static void Retried(string queue) => RetriedMessages.Add(1, Queue(queue));

    public static void Dead(string queue, DeadLetterReason reason) => DeadMessages.Add(1, Queue(queue), new("mom.dead.reason", reason.ToString()));

    public static void Discarded(string queue) => DiscardedMessages.Add(1, Queue(queue));

    public static void Relayed(int count) => RelayedMessages.Add(count);

    public static void Suspected(string queue, Consuming.LaneKind from) => SuspectedMessages.Add(1, Queue(queue), new("mom.lane", from.ToString()));

    public static void Expired(string queue) => ExpiredRequests.Add(1, Queue(queue));

    public static void Replaced(string queue) => SilentConsumers.Add(1, Queue(queue));

    public static void HandlerTimedOut(string queue) => TimedOutHandlers.Add(1, Queue(queue));

    public static void HandlerAbandoned(string queue, int change) => AbandonedHandlers.Add(change, Queue(queue));

    public static void LateReply() => LateReplies.Add(1);

    private static TagList Operation(string name, string destination) => new()
    {
        { "messaging.system", "rabbitmq" },
        { "messaging.operation.name", name },
        { "messaging.destination.name", destination },
    };

    private static KeyValuePair<string, object?> Queue(string queue) => new("messaging.destination.name", queue);

    // exchange:key by the conventions for RabbitMQ. Reply queues and delays have as many keys as there are processes and seconds:
    // not for metrics.
    private static string Destination(Envelope message) => message.Exchange switch
    {
        _ when message.RoutingKey.StartsWith(Rpc.ReplyConsumer.QueuePrefix, StringComparison.Ordinal) => "replies",
        var exchange when exchange.StartsWith(DelayTopology.Prefix, StringComparison.Ordinal) => "delays",
        var exchange => Name(exchange, message.RoutingKey),
    };

    // As the text is wanted for every message, and a process has few destinations. An event's key may be anything, so their number is bounded.
    private static string Name(string exchange, string routingKey)
    {
        if (Names.TryGetValue((exchange, routingKey), out var name))
        {
            return name;
        }

        name = $"{exchange}:{routingKey}";
        if (Names.Count < MostNames)
        {
            Names.TryAdd((exchange, routingKey), name);
        }

        return name;
    }
}
