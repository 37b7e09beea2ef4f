using Mom.Messaging.Envelopes;

namespace Mom.Messaging.Pipeline;

/// <summary>
/// Code around the sending of messages: each that this process publishes, requests, or relays from an outbox. Not the engine's own copies of
/// messages that were sent before (retries, dead letters, replies). Register it by <see cref="MessagingBuilder.UseOnPublish{TMiddleware}"/>; it is a
/// singleton, and runs in the order in which it was added. The relay of an outbox has a transaction open meanwhile, so keep it short.
/// </summary>
public interface IPublishingMiddleware
{
    /// <summary>Called for each message that is sent.</summary>
    /// <param name="context">The message.</param>
    /// <param name="next">
    /// The next middleware, and at the end the broker: when it returns, the message is confirmed. Not to call it drops the message, and the code that
    /// publishes it is told that it was sent.
    /// </param>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1716:Identifiers should not match keywords", Justification = "As in every pipeline of .NET.")]
    Task InvokeAsync(PublishingContext context, PublishingStep next);
}

/// <summary>The rest of the way to the broker.</summary>
/// <param name="context">The same context.</param>
public delegate Task PublishingStep(PublishingContext context);

/// <summary>A message that is being sent, as middleware sees it.</summary>
public sealed class PublishingContext
{
    internal PublishingContext(Envelope envelope, object? message, CancellationToken cancellationToken)
    {
        Envelope = envelope;
        Message = message;
        CancellationToken = cancellationToken;
    }

    /// <summary>What is sent: headers, destination and body. May be replaced by a copy; an unchanged <see cref="Envelope.MessageId"/> keeps the inbox at work.</summary>
    public Envelope Envelope { get; set; }

    /// <summary>The message; <see langword="null"/> where it is serialised already, as in an outbox.</summary>
    public object? Message { get; }

    /// <summary>Cancels the waiting.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Sets a header of the message, in place of an earlier value.</summary>
    /// <param name="name">Up to 255 bytes; not one of the engine's (<c>mom-</c>).</param>
    /// <param name="value">Text, a number, a truth value. All headers together must fit into a frame of the broker, 128 KiB by default.</param>
    public void SetHeader(string name, object? value) => Envelope = Envelope with
    {
        Headers = new Dictionary<string, object?>(Envelope.Headers, StringComparer.Ordinal) { [name] = value },
    };
}
