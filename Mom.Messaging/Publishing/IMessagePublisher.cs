using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;

namespace Mom.Messaging.Publishing;

/// <summary>Publishes messages with publisher confirms, always. A method that returns has been confirmed by the broker.</summary>
public interface IMessagePublisher
{
    /// <summary>Publishes a message to the queue or topic that its <see cref="MessageAttribute"/> names, and waits for the confirm.</summary>
    /// <param name="message">A message whose contract is registered.</param>
    /// <param name="options">Deviations from the contract's defaults.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the publish: the message may arrive all the same.</param>
    /// <exception cref="BrokerUnavailableException">Nothing was sent: no connection, publishers are blocked, or the window is full.</exception>
    /// <exception cref="MessageNotConfirmedException">Refused, connection lost, or no confirm in time: the message may or may not have arrived.</exception>
    /// <exception cref="MessageUnroutableException">No queue takes it; nothing was stored.</exception>
    /// <exception cref="MessageTooLargeException">Nothing was sent, and nothing ever will.</exception>
    Task PublishAsync<TMessage>(TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default)
        where TMessage : class;

    /// <summary>Publishes a message that is serialised already, as the outbox and the retries do.</summary>
    /// <inheritdoc cref="PublishAsync{TMessage}"/>
    Task PublishAsync(Envelope envelope, CancellationToken cancellationToken = default);
}
