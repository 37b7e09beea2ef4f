using System.Diagnostics.Metrics;
using Mom.Messaging.Diagnostics;

namespace Mom.Messaging.Outbox;

/// <summary>What waits in the outbox, as it was counted last. Every process that shares an outbox reports the same figures.</summary>
internal sealed class OutboxMetrics : IDisposable
{
    private readonly Meter _meter = new(MessagingActivities.SourceName);

    public OutboxMetrics()
    {
        _meter.CreateObservableGauge("mom.messaging.outbox.lag", () => State.Lag.TotalSeconds, "s", "Age of the oldest message that could be sent.");
        _meter.CreateObservableGauge("mom.messaging.outbox.ready", () => State.Ready, "{message}", "Messages to be sent.");
        _meter.CreateObservableGauge("mom.messaging.outbox.dead", () => State.Dead, "{message}", "Messages that were given up; a person must revive or discard them.");
        _meter.CreateObservableGauge("mom.messaging.outbox.held", () => State.Held, "{message}", "Messages behind a dead one with the same key.");
    }

    public OutboxState State { get; set; } = OutboxState.Empty;

    public void Dispose() => _meter.Dispose();
}
