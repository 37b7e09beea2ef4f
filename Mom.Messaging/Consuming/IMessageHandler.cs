namespace Mom.Messaging.Consuming;

/// <summary>
/// Handles one kind of message. The message is acked after the handler has returned; when it throws, the message is tried again
/// with growing delays and becomes a dead letter after the last attempt. It may come more than once: see the inbox.
/// </summary>
/// <typeparam name="TMessage">The message's contract.</typeparam>
public interface IMessageHandler<in TMessage>
    where TMessage : class
{
    /// <summary>Handles a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="context">What is known of this delivery.</param>
    /// <param name="cancellationToken">Fires when the process can wait no longer for the handler. Leaving with it costs no attempt.</param>
    /// <exception cref="Errors.PermanentFailureException">Thrown to park the message as a dead letter at once.</exception>
    Task HandleAsync(TMessage message, MessageContext context, CancellationToken cancellationToken);
}
