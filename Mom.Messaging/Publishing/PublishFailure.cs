using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Mom.Messaging.Publishing;

/// <summary>Says what a publish failed of, so that its caller knows whether the message may have arrived.</summary>
internal static class PublishFailure
{
    private const int NotFound = 404;

    /// <summary>The exception to throw in place of the client's; what is not known stays as it is.</summary>
    /// <param name="exception">What the client threw.</param>
    /// <param name="envelope">What was published.</param>
    /// <param name="closeReason">Why the channel ended, if it did.</param>
    public static Exception From(Exception exception, Envelope envelope, ShutdownEventArgs? closeReason) => exception switch
    {
        PublishException { IsReturn: true } => new MessageUnroutableException(envelope.Type, envelope.Exchange, envelope.RoutingKey, exception),
        PublishException => new MessageRefusedException(envelope.Type, exception),
        _ when closeReason is not null && IsMissingExchange(envelope, closeReason) =>
            new MessageUnroutableException(envelope.Type, envelope.Exchange, envelope.RoutingKey, exception),
        OperationInterruptedException or OperationCanceledException or IOException or ObjectDisposedException or TimeoutException
            or System.Threading.Channels.ChannelClosedException =>
            new ConnectionLostException(envelope.Type, closeReason?.ReplyText ?? exception.Message, exception),
        _ => exception,
    };

    // The broker closes the whole channel for one message to an exchange that is not there, and says which exchange it was:
    // "NOT_FOUND - no exchange 'mom.events' in vhost '/'". Other messages on the channel lost their connection only.
    private static bool IsMissingExchange(Envelope envelope, ShutdownEventArgs reason) =>
        reason.ReplyCode == NotFound && reason.ReplyText.Contains($"no exchange '{envelope.Exchange}'", StringComparison.Ordinal);
}
