using System.Globalization;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Rpc;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Retries;

/// <summary>
/// Sends messages on that failed through no fault of their own, at the cost of no attempt. Each is a new publish with the message's own id
/// and priority, confirmed before the original is acked: dying in between leaves two copies, never none.
/// </summary>
internal sealed class UnchargedMessages(OnwardMessages onward, FailedMessages failed, BrokerTopology topology, ILogger<UnchargedMessages> logger)
{
    /// <summary>
    /// Gives a message back that is held in an outage, to the end of the queue that it was delivered from. A new publish, as the broker would
    /// say <c>redelivered</c> of one that is requeued, and its consumer suspect it.
    /// </summary>
    public async Task GiveBackAsync(Envelope message, QueueDefinition queue, string lane, CancellationToken cancellationToken)
    {
        await onward.SendAsync(Redirect(message, lane, MessageHeaders.CarriedFrom(message)), queue, cancellationToken).ConfigureAwait(false);
        Log.GivenBack(logger, message.Type, message.MessageId, lane);
    }

    /// <summary>Publishes a message to one of its queue's delays, a longer one each time, without counting an attempt, and tells its caller.</summary>
    /// <param name="message">As it was delivered.</param>
    /// <param name="queue">Its work queue.</param>
    /// <param name="exception">Why it failed.</param>
    /// <param name="allowed">How often that may happen to it.</param>
    /// <param name="cancellationToken">Fires when the delivery is lost to this consumer anyway.</param>
    /// <returns>False when that has happened as often already, or when the queue knows no retries; nothing was sent.</returns>
    public async Task<bool> TryPostponeAsync(Envelope message, QueueDefinition queue, Exception exception, int allowed, CancellationToken cancellationToken)
    {
        if (NextOf(message, queue, allowed) is not var (tier, headers, delay))
        {
            return false;
        }

        MessagingMetrics.Retried(queue.Name);
        await onward.SendAsync(Redirect(message, queue.RetryQueue(tier), headers) with { Expiration = delay, ReplyTo = null }, queue, cancellationToken).ConfigureAwait(false);
        await TellAsync(message, exception, delay, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The same where the message must keep its place: it waits in the process that has it.</summary>
    /// <inheritdoc cref="TryPostponeAsync"/>
    /// <returns>The message as it is then, and how long it waits; <see langword="null"/> when that has happened as often already, or when the queue knows no retries.</returns>
    public async Task<(Envelope Message, TimeSpan Delay)?> PostponeInPlaceAsync(Envelope message, QueueDefinition queue, Exception exception, int allowed, CancellationToken cancellationToken)
    {
        if (FailedMessages.IsQuery(message) || NextOf(message, queue, allowed) is not var (_, headers, delay))
        {
            return null;
        }

        MessagingMetrics.Retried(queue.Name);
        await TellAsync(message, exception, delay, cancellationToken).ConfigureAwait(false);
        return (message with { Headers = headers, ReplyTo = null }, delay);
    }

    private static (int Tier, Dictionary<string, object?> Headers, TimeSpan Delay)? NextOf(Envelope message, QueueDefinition queue, int allowed)
    {
        var before = PostponementsOf(message);
        if (before >= allowed || queue.RetryDelays.Count == 0)
        {
            return null;
        }

        var tier = Math.Min(before + 1, queue.RetryDelays.Count);
        var headers = MessageHeaders.CarriedFrom(message);
        headers[MessageHeaders.Postponements] = before + 1;
        // It came to an outcome, so whatever took its consumers down before, it was not this message.
        headers.Remove(MessageHeaders.Crashes);
        return (tier, headers, RetrySchedule.DelayAfter(queue, tier, Random.Shared.NextDouble()));
    }

    private async Task TellAsync(Envelope message, Exception exception, TimeSpan delay, CancellationToken cancellationToken)
    {
        Log.Postponed(logger, exception, message.Type, message.MessageId, delay);
        await failed.ReplyAsync(message, new Failure("The first attempt failed; it is tried again.", FailureKind.Retried), cancellationToken).ConfigureAwait(false);
    }

    private static int PostponementsOf(Envelope message) =>
        message.Headers.GetValueOrDefault(MessageHeaders.Postponements) is { } value && int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private Envelope Redirect(Envelope message, string queue, Dictionary<string, object?> headers) =>
        message with { Exchange = topology.CommandExchange, RoutingKey = queue, Headers = headers, Persistent = true, Mandatory = true };
}
