namespace Mom.Messaging.Consuming;

/// <summary>
/// Handles many messages of one kind in one call, as in one transaction. They are acked together after the handler has returned;
/// when it throws, each of them is handled again in a call of its own, so that only the bad one is retried or parked. What the
/// call did before it threw must therefore be undone, as a transaction does. Everything else that holds for
/// <see cref="IMessageHandler{TMessage}"/> holds here.
/// </summary>
/// <typeparam name="TMessage">The messages' contract.</typeparam>
public interface IBatchHandler<TMessage>
    where TMessage : class
{
    /// <summary>Handles at least one message.</summary>
    /// <param name="messages">The messages in the order in which they came.</param>
    /// <param name="cancellationToken">Fires when the process can wait no longer for the handler. Leaving with it costs no attempt.</param>
    Task HandleAsync(IReadOnlyList<Delivered<TMessage>> messages, CancellationToken cancellationToken);
}
