using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;

namespace Mom.Messaging.Consuming;

/// <summary>
/// Tells a handler that failed because the broker took nothing of what it published from one that failed by itself. The two connections of a
/// process end and are blocked one by one, so that messages may come in while none goes out. That is not the fault of the message: it is held, and
/// costs no attempt.
/// </summary>
internal sealed class PublishOutage(BrokerConnections connections, ILogger<PublishOutage> logger)
{
    /// <summary>
    /// Whether an exception, or one that it wraps, says so. Not a queue that is full: that may last, and the place that the message holds may be the
    /// one that is needed to empty the queue.
    /// </summary>
    internal static bool Caused(Exception? failure) => failure is BrokerUnavailableException or ConnectionLostException or ConfirmTimeoutException
        || (failure?.InnerException is { } inner && Caused(inner));

    /// <summary>If a handler failed because there was no connection for publishing, or a blocked one: waits until there is one again.</summary>
    /// <param name="message">What was handled.</param>
    /// <param name="failure">What its handler threw.</param>
    /// <param name="delay">Of this delivery: longer each time.</param>
    /// <param name="cancellationToken">Cancels the wait: the message goes back to its queue as it was.</param>
    /// <returns>True when the handler is to be called again; false when the failure is another one.</returns>
    public async Task<bool> WaitIfCausedAsync(Envelope message, Exception failure, ReconnectDelay delay, CancellationToken cancellationToken)
    {
        if (!Caused(failure))
        {
            return false;
        }

        Log.Settling(logger, message.Type, message.MessageId, failure.Message);
        do
        {
            await delay.WaitAsync(cancellationToken).ConfigureAwait(false);
            await connections.Publish.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        while (connections.Publish.BlockedReason is not null);
        return true;
    }
}
