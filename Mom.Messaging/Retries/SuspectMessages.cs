using System.Globalization;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Retries;

/// <summary>
/// Finds the message that kills its consumer, without condemning those that were only near it.
/// <para>
/// All that a classic queue tells of the past is one bit: <c>redelivered</c>, somebody had it and did not ack it. With prefetch 20
/// one death sets it on 20 messages, a restart of the broker on a whole backlog, and it says nothing of how often. So a
/// redelivered message is not handled where it is but moved, by a confirmed publish and then an ack, to where the bit says more:
/// </para>
/// <list type="number">
/// <item>from the queue itself to <c>.suspects</c>, without a charge. There the prefetch equals the concurrency, so that what is in
/// hand is being handled; innocents pass here at the queue's full concurrency. The move waits while all places there are taken:
/// a backlog that a restarted broker hands out again stays in its queue and keeps its order.</item>
/// <item>from <c>.suspects</c> to <c>.solo</c>: it was being handled, with few others, when a consumer went. Charged once. Handled
/// one at a time per process, so that what is in flight is the one message that is being handled.</item>
/// <item>from <c>.solo</c> to its end again, charged once more each time, until the charges pass <see cref="ConsumerOptions.MaxCrashes"/>.</item>
/// </list>
/// <para>
/// To be charged to death by drains or lost connections alone, a message would have to be the one in flight of the solo lane at
/// each of them. On quorum queues the moves have a second use: a new publish starts at <c>x-delivery-count</c> 0, so that the
/// broker's own limit (20 by default since 4.0), which counts all prefetched messages, is never reached.
/// </para>
/// </summary>
internal sealed class SuspectMessages(OnwardMessages onward, FailedMessages failed, BrokerTopology topology, ILogger<SuspectMessages> logger)
{
    /// <summary>Sends a redelivered message on; after that the delivery may be acked.</summary>
    /// <returns>False when it became a dead letter.</returns>
    public async Task<bool> MoveAsync(Envelope message, ConsumerRegistration consumer, LaneKind from, CancellationToken cancellationToken)
    {
        var crashes = from switch
        {
            LaneKind.Suspects => 1,
            LaneKind.Solo => CrashesOf(message) + 1,
            _ => 0,
        };
        var charged = message with { Headers = Charge(message, crashes) };
        if (crashes > consumer.Options.MaxCrashes)
        {
            await failed.DeadLetterAsync(charged, consumer.Queue, DeadLetterReason.CrashedTooOften, exception: null, cancellationToken).ConfigureAwait(false);
            return false;
        }

        var target = crashes == 0 ? consumer.Queue.SuspectsQueue : consumer.Queue.SoloQueue;
        await onward.SendAsync(charged with { Exchange = topology.CommandExchange, RoutingKey = target, Mandatory = true }, consumer.Queue, cancellationToken).ConfigureAwait(false);
        MessagingMetrics.Suspected(consumer.Queue.Name, from);
        Log.Suspected(logger, message.Type, message.MessageId, target, crashes);
        return true;
    }

    public static int CrashesOf(Envelope message) =>
        message.Headers.GetValueOrDefault(MessageHeaders.Crashes) is { } value && int.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var crashes) && crashes > 0 ? crashes : 0;

    private static Dictionary<string, object?> Charge(Envelope message, int crashes)
    {
        var headers = MessageHeaders.CarriedFrom(message);
        headers.Remove(MessageHeaders.Crashes);
        if (crashes > 0)
        {
            headers[MessageHeaders.Crashes] = crashes;
        }

        return headers;
    }
}
