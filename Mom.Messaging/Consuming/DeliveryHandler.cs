using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Retries;

namespace Mom.Messaging.Consuming;

/// <summary>Decides what a delivery needs: handling, or a move to where it can be handled without harm to others.</summary>
internal sealed class DeliveryHandler(
    MessageReader reader,
    MessageProcessor processor,
    BatchProcessor batches,
    MessageOutcomes outcomes,
    SuspectMessages suspects,
    TimeProvider time,
    ILogger<DeliveryHandler> logger)
{
    /// <summary>The type of message that an envelope holds, if anything here handles it.</summary>
    public Type? TypeOf(Envelope message, ConsumerRegistration consumer) => reader.TypeOf(message, consumer);

    /// <summary>Returns when the delivery may be acked.</summary>
    public async Task HandleAsync(Delivery delivery, ConsumerRegistration consumer, LaneState lane, SessionTokens tokens)
    {
        var message = delivery.Message;
        if (message is { ReplyTo: not null, Expiration: { } expiration } && time.GetElapsedTime(delivery.ReceivedAt) >= expiration)
        {
            // The broker's own clock stops when it hands a message out; this is for the time since then.
            Log.Expired(logger, message.Type, message.MessageId);
            MessagingMetrics.Expired(consumer.Queue.Name);
        }
        else if (delivery.Redelivered)
        {
            await lane.RoomForSuspectAsync(message, tokens.Settle).ConfigureAwait(false);
            if (!await suspects.MoveAsync(message, consumer, lane.Lane.Kind, tokens.Settle).ConfigureAwait(false))
            {
                await outcomes.ReplyFailureAsync(message, tokens.Settle).ConfigureAwait(false);
            }
        }
        else
        {
            MessagingMetrics.Consumed(consumer.Queue.Name);
            lane.Activity.Processed(await processor.ProcessAsync(delivery, consumer, tokens).ConfigureAwait(false));
        }
    }

    /// <returns>Whether all may be acked; false when each of them must be handled alone.</returns>
    public async Task<bool> HandleAsync(
        IReadOnlyList<Delivery> deliveries, BatchRegistration batch, ConsumerRegistration consumer, LaneState lane, SessionTokens tokens)
    {
        var succeeded = deliveries.Count > 1 && await batches.TryProcessAsync(deliveries, batch, consumer, tokens).ConfigureAwait(false);
        foreach (var _ in succeeded ? deliveries : [])
        {
            MessagingMetrics.Consumed(consumer.Queue.Name);
            lane.Activity.Processed(succeeded: true);
        }

        return succeeded;
    }
}
