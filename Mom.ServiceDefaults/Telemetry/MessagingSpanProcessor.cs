using System.Diagnostics;
using OpenTelemetry;

namespace Mom.ServiceDefaults.Telemetry;

/// <summary>Makes the spans of RabbitMQ.Client fit for a trace view: few distinct names, and a summary that says what happened.</summary>
/// <remarks>
/// <para>
/// RabbitMQ.Client 7.2 names a span <c>{operation} {routing key}</c>. The routing key of a reply is the caller's reply queue, so every
/// caller would bring a span name of its own; a span's name must be of low cardinality
/// (https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/#span-name).
/// </para>
/// <para>
/// For the default exchange it sets the destination <c>amq.default</c>, which is the same for all queues; the convention is the
/// routing key alone (https://opentelemetry.io/docs/specs/semconv/messaging/rabbitmq/#span-attributes).
/// </para>
/// <para>
/// The Aspire dashboard's summary reads <c>messaging.operation</c>, the attribute's name before semantic conventions 1.26; the client
/// sets only its successor, <c>messaging.operation.type</c>. To be removed once the dashboard (<c>OtlpSpan.GetDisplaySummary</c>) reads
/// the new one.
/// </para>
/// </remarks>
public sealed class MessagingSpanProcessor : BaseProcessor<Activity>
{
    private const string SourcePrefix = "RabbitMQ.Client.";
    private const string Destination = "messaging.destination.name";
    private const string RoutingKey = "messaging.rabbitmq.destination.routing_key";

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (!data.Source.Name.StartsWith(SourcePrefix, StringComparison.Ordinal))
            return;

        data.DisplayName = ReplyQueue.WithoutToken(data.DisplayName);
        NameDestination(data);
        AddFormerOperation(data);
    }

    private static void NameDestination(Activity span)
    {
        if (span.GetTagItem(Destination) is "amq.default" && span.GetTagItem(RoutingKey) is string { Length: > 0 } key)
            span.SetTag(Destination, ReplyQueue.WithoutToken(key));
    }

    private static void AddFormerOperation(Activity span)
    {
        if (span.GetTagItem("messaging.operation.type") is string type)
            span.SetTag("messaging.operation", type is "send" ? "publish" : type);
    }
}
