using System.Diagnostics;
using Mom.Messaging.Envelopes;
using RabbitMQ.Client;

namespace Mom.Messaging.Diagnostics;

/// <summary>The engine's own spans. Those of publish and deliver are the client's (sources <c>RabbitMQ.Client.*</c>).</summary>
public static class MessagingActivities
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string SourceName = "Mom.Messaging";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// The span in which a message is handled, below the client's deliver span. Names and attributes are those of OpenTelemetry's
    /// semantic conventions for messaging.
    /// </summary>
    internal static Activity? StartProcess(Envelope message, string queue, int attempt, ActivityContext parent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var activity = Source.StartActivity($"process {queue}", ActivityKind.Consumer, parent);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("messaging.system", "rabbitmq");
            activity.SetTag("messaging.operation.name", "process");
            activity.SetTag("messaging.operation.type", "process");
            activity.SetTag("messaging.destination.name", queue);
            activity.SetTag("messaging.message.id", message.MessageId);
            activity.SetTag("messaging.message.conversation_id", message.CorrelationId);
            activity.SetTag("messaging.message.body.size", message.Body.Length);
            activity.SetTag("mom.message.type", message.Type);
            activity.SetTag("mom.message.priority", message.Priority);
            activity.SetTag("mom.message.attempt", attempt);
        }

        return activity;
    }

    /// <summary>The span in which a batch is handled: in the trace of its first message, and linked to the spans of all.</summary>
    internal static Activity? StartBatch(string queue, IReadOnlyCollection<ActivityContext> messages)
    {
        var links = messages.Where(trace => trace != default).Select(trace => new ActivityLink(trace));
        var activity = Source.StartActivity(ActivityKind.Internal, messages.First(), links: links, name: $"process batch of {queue}");
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("messaging.system", "rabbitmq");
            activity.SetTag("messaging.destination.name", queue);
            activity.SetTag("messaging.batch.message_count", messages.Count);
        }

        return activity;
    }

    /// <summary>
    /// The span in which a stored message is sent on, below the span in which it was stored: without it the trace would break at
    /// the outbox. <see langword="null"/> when the message carries no trace of its own.
    /// </summary>
    internal static Activity? Resume(Envelope message) =>
        message.TraceParent is { } traceParent && ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent)
            ? Source.StartActivity("relay outbox", ActivityKind.Internal, parent)
            : null;

    /// <summary>
    /// A parent that is not recorded, and so neither is anything below it (with a sampler that follows the parent, as
    /// OpenTelemetry's default does): housekeeping that asks the database every second would fill a trace view with traces of one
    /// query each. Spans with a parent of their own, as of <see cref="Resume"/>, are recorded all the same.
    /// </summary>
    public static Activity Unrecorded()
    {
        // Set before the start: else it would be one of the trace that is current here.
        Activity.Current = null;
        var activity = new Activity("unrecorded") { ActivityTraceFlags = ActivityTraceFlags.None };
        activity.SetIdFormat(ActivityIdFormat.W3C);
        return activity.Start();
    }

    /// <summary>
    /// The trace context that a message carries; <see langword="default"/> for none. It is a remote one: below a remote parent that is not
    /// recorded OpenTelemetry still makes an activity, which hands the context on to what the handler sends.
    /// </summary>
    internal static ActivityContext ContextOf(IReadOnlyBasicProperties properties) =>
        ActivityContext.TryParse(EnvelopeProperties.TraceParent(properties), traceState: null, isRemote: true, out var context) ? context : default;

    /// <summary>
    /// A context without its trace state where that is longer than the 512 characters that W3C asks to be passed on: the client writes it into
    /// the headers of each message that is sent below, and they must fit into a frame.
    /// </summary>
    internal static ActivityContext Bounded(ActivityContext context) =>
        context.TraceState is { Length: > 512 } ? new ActivityContext(context.TraceId, context.SpanId, context.TraceFlags, traceState: null, context.IsRemote) : context;

    internal static void Failed(Activity? activity, Exception exception)
    {
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
        activity?.SetTag("error.type", exception.GetType().FullName);
        activity?.AddException(exception);
    }
}
