using System.Diagnostics;
using Mom.Messaging.Envelopes;

namespace Mom.Messaging.Outbox;

/// <inheritdoc cref="IOutboxEnvelopes"/>
internal sealed class OutboxEnvelopes(EnvelopeFactory envelopes) : IOutboxEnvelopes
{
    public Envelope Create(object message) => envelopes.Create(message) with { TraceParent = Activity.Current?.Id };
}
