using System.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.Outbox;

/// <summary>Makes the envelopes that an outbox stores.</summary>
public interface IOutboxEnvelopes
{
    /// <summary>The envelope of a message, with the trace that it is stored in.</summary>
    /// <param name="message">A message whose contract is registered.</param>
    /// <param name="options">Deviations from the contract's defaults. A delay begins when the message is sent, after the commit.</param>
    /// <exception cref="InvalidOperationException">The message is not registered, or goes nowhere.</exception>
    /// <exception cref="ArgumentException">Options contradict each other; a time to live is not kept by an outbox.</exception>
    Envelope Create(object message, PublishOptions? options = null);
}

/// <inheritdoc cref="IOutboxEnvelopes"/>
internal sealed class OutboxEnvelopes(EnvelopeFactory envelopes) : IOutboxEnvelopes
{
    public Envelope Create(object message, PublishOptions? options = null) => options?.TimeToLive is null
        ? envelopes.Create(message, options) with { TraceParent = Activity.Current?.Id }
        : throw new ArgumentException("A message of an outbox has no TimeToLive: what was committed is sent, however long the broker is unavailable.", nameof(options));
}
