using System.Diagnostics;
using OpenTelemetry;

namespace Mom.ServiceDefaults.Telemetry;

/// <summary>Prepares the spans of messages for a trace view: few distinct names, and a summary of what happened and where.</summary>
/// <remarks>
/// <para>
/// RabbitMQ.Client 7.2 names a span <c>{operation} {routing key}</c>. The routing key of a reply is the caller's reply queue, so every
/// caller would bring a span name of its own; a span's name must be of low cardinality
/// (https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/#span-name).
/// </para>
/// <para>
/// It sets the exchange alone as destination, which is the same for all queues; the convention is <c>exchange:routing key</c>, and for the
/// default exchange the routing key alone (https://opentelemetry.io/docs/specs/semconv/messaging/rabbitmq/#span-attributes).
/// </para>
/// <para>
/// The Aspire dashboard's summary reads <c>messaging.operation</c>, the attribute's name before semantic conventions 1.26; the client
/// and the engine set only its successor, <c>messaging.operation.type</c>. To be removed once the dashboard (<c>OtlpSpan.GetDisplaySummary</c>) reads
/// the new one.
/// </para>
/// </remarks>
public sealed class MessagingSpanProcessor : BaseProcessor<Activity>
{
    private const string ClientSources = "RabbitMQ.Client.";
    private const string OwnSources = "Mom.";
    private const string Destination = "messaging.destination.name";
    private const string RoutingKey = "messaging.rabbitmq.destination.routing_key";

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        var source = data.Source.Name;
        if (source.StartsWith(ClientSources, StringComparison.Ordinal))
        {
            data.DisplayName = ReplyQueue.WithoutToken(data.DisplayName);
            NameDestination(data);
            AddFormerOperation(data);
        }
        else if (source.StartsWith(OwnSources, StringComparison.Ordinal))
        {
            AddFormerOperation(data);
        }
    }

    private static void NameDestination(Activity span)
    {
        if (span.GetTagItem(Destination) is not string exchange || span.GetTagItem(RoutingKey) is not string { Length: > 0 } key)
            return;

        key = ReplyQueue.WithoutToken(key);
        span.SetTag(Destination, exchange is "amq.default" ? key : $"{exchange}:{key}");
    }

    private static void AddFormerOperation(Activity span)
    {
        if (span.GetTagItem("messaging.operation.type") is not string type)
            return;

        // The client calls a delivery "process" as well; the engine's span below it is the one in which the message is handled.
        var isDelivery = span.GetTagItem("messaging.operation.name") is "deliver";
        span.SetTag("messaging.operation", isDelivery ? "deliver" : type is "send" ? "publish" : type);
    }
}
