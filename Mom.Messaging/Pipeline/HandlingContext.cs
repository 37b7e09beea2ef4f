using Mom.Messaging.Consuming;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.Pipeline;

/// <summary>One call of a handler, as middleware sees it.</summary>
public sealed class HandlingContext
{
    private readonly HandlingStep _handler;

    internal HandlingContext(IServiceProvider services, IReadOnlyList<Delivered<object>> messages, HandlingStep handler, CancellationToken cancellationToken)
    {
        Services = services;
        Messages = messages;
        _handler = handler;
        CancellationToken = cancellationToken;
    }

    /// <summary>The services of the handler: what is scoped is the same for it and for all middleware.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The messages of the call with their deliveries: one, or those of a batch.</summary>
    public IReadOnlyList<Delivered<object>> Messages { get; }

    /// <summary>The message; of a batch the first.</summary>
    public object Message => Messages[0].Message;

    /// <summary>Its delivery: queue, attempt, headers, and <see cref="MessageContext.PublishAsync"/>; of a batch that of the first message.</summary>
    public MessageContext Delivery => Messages[0].Context;

    /// <summary>The reply to a request, once the handler has returned; may be replaced. <see langword="null"/> for all other messages, and for a batch, whose replies are those of its handler.</summary>
    public object? Reply { get; set; }

    /// <summary>Fires when the handler's time is over, or the process can wait no longer for it.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>
    /// Sends what the handler publishes through its context by another publisher from here on, such as one that writes into an outbox.
    /// </summary>
    /// <param name="publisher">The publisher; <see langword="null"/> for the broker's own.</param>
    public void PublishBy(IMessagePublisher? publisher)
    {
        foreach (var (_, delivery) in Messages)
        {
            delivery.Outbox = publisher;
        }
    }

    /// <summary>Gives the handler of a request its <see cref="MessageContext.OnceAsync"/>.</summary>
    /// <param name="once">Runs an effect in one transaction with the inbox, unless the message has had it before, and returns after the commit.</param>
    public void RunOnceBy(Func<Func<Task>, Task> once) => Delivery.Once = once;

    /// <summary>Whether the handler has returned.</summary>
    internal bool Handled { get; private set; }

    internal async Task HandleAsync()
    {
        await _handler(this).ConfigureAwait(false);
        Handled = true;
    }
}
