using System.Diagnostics;
using Mom.Messaging.Envelopes;

namespace Mom.Messaging.Outbox;

/// <summary>Makes the envelopes that an outbox stores.</summary>
public interface IOutboxEnvelopes
{
    /// <summary>The envelope of a message, with the trace that it is stored in.</summary>
    /// <exception cref="InvalidOperationException">The message is not registered, or goes nowhere.</exception>
    Envelope Create(object message);
}

/// <inheritdoc cref="IOutboxEnvelopes"/>
internal sealed class OutboxEnvelopes(EnvelopeFactory envelopes) : IOutboxEnvelopes
{
    public Envelope Create(object message) => envelopes.Create(message) with { TraceParent = Activity.Current?.Id };
}
