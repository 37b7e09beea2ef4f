using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Retries;

/// <summary>
/// Publishes what must be confirmed before a delivery may be acked: replies, retries, dead letters. While the broker takes no
/// messages (memory alarm, no connection, a queue that was deleted, a permission that is missing) it holds the delivery and tries again:
/// handed back, the message would only be handled a second time, to fail at the same point.
/// </summary>
internal sealed class SettlingPublisher(MessagePublisher publisher, BrokerConnections connections, TopologyDeclarer topology, ILogger<SettlingPublisher> logger)
{
    /// <param name="envelope">What to publish; always with the same message id.</param>
    /// <param name="cancellationToken">Fires when the delivery is lost to this consumer anyway.</param>
    /// <exception cref="MessageUnsendableException">The message will never be taken like this.</exception>
    public async Task PublishAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var delay = new ReconnectDelay();
        while (true)
        {
            try
            {
                await publisher.SendAsync(envelope, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (MessageUnroutableException exception)
            {
                Log.Settling(logger, envelope.Type, envelope.MessageId, exception.Message);
                await DeclareAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is BrokerUnavailableException or MessageNotConfirmedException or PublishForbiddenException)
            {
                Log.Settling(logger, envelope.Type, envelope.MessageId, exception.Message);
            }

            await delay.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // Somebody deleted the queue while the connection stayed, which is when the topology was last declared.
    private async Task DeclareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await topology.DeclareAsync(connections.Publish.Require(), cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever keeps it from being declared, the next attempt to publish says so.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.NotDeclared(logger, exception.Message);
        }
    }
}
