using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;

namespace Mom.Messaging.Retries;

/// <summary>
/// Publishes what must be confirmed before a delivery may be acked: replies, retries, dead letters. While the broker takes no
/// messages (memory alarm, no connection) it holds the delivery and tries again: handed back, the message would only be handled
/// a second time, to fail at the same point.
/// </summary>
internal sealed class SettlingPublisher(IMessagePublisher publisher, ILogger<SettlingPublisher> logger)
{
    /// <param name="envelope">What to publish; always with the same message id.</param>
    /// <param name="cancellationToken">Fires when the delivery is lost to this consumer anyway.</param>
    public async Task PublishAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var delay = new ReconnectDelay();
        while (true)
        {
            try
            {
                await publisher.PublishAsync(envelope, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (exception is BrokerUnavailableException or MessageNotConfirmedException)
            {
                Log.Settling(logger, envelope.Type, envelope.MessageId, exception.Message);
            }

            await delay.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
