using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Retries;

namespace Mom.Messaging.Consuming;

/// <summary>
/// Takes a delivery to its outcome: handled, answered, to be tried again, dead, or moved to where it can be handled without harm to
/// others. When it returns the delivery may be acked: all that follows from it has been confirmed by the broker.
/// </summary>
internal sealed class DeliveryHandler(
    HandlerInvoker invoker,
    FailedMessages failed,
    SuspectMessages suspects,
    PublishOutage publishing,
    IEnumerable<IOutageGate> gates,
    TimeProvider time,
    ILogger<DeliveryHandler> logger)
{
    /// <summary>The type of message that an envelope holds, if anything here handles it.</summary>
    public Type? TypeOf(Envelope message, ConsumerRegistration consumer) => invoker.TypeOf(message, consumer);

    /// <summary>Returns when the delivery may be acked.</summary>
    /// <exception cref="OperationCanceledException">The process stops, or the session has ended; the message goes back to its queue.</exception>
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
            lane.Moves.Begin(message.MessageId);
            if (!await suspects.MoveAsync(message, consumer, lane.Lane.Kind, tokens.Settle).ConfigureAwait(false))
            {
                await failed.ReplyFailureAsync(message, tokens.Settle).ConfigureAwait(false);
            }
        }
        else
        {
            await lane.Moves.EndedAsync(message.MessageId, tokens.Settle).ConfigureAwait(false);
            MessagingMetrics.Consumed(consumer.Queue.Name);
            lane.Processed(await ProcessAsync(delivery, consumer, tokens).ConfigureAwait(false));
        }
    }

    /// <summary>Handles many messages of one kind in one call of their handler.</summary>
    /// <returns>Whether all may be acked; false when each of them must be handled alone.</returns>
    /// <exception cref="OperationCanceledException">The process stops; the messages go back to their queue.</exception>
    public async Task<bool> HandleAsync(
        IReadOnlyList<Delivery> deliveries, BatchRegistration batch, ConsumerRegistration consumer, LaneState lane, SessionTokens tokens)
    {
        var succeeded = deliveries.Count > 1 && await TryAsync(deliveries, batch, consumer, tokens).ConfigureAwait(false);
        foreach (var _ in succeeded ? deliveries : [])
        {
            MessagingMetrics.Consumed(consumer.Queue.Name);
            lane.Processed(succeeded: true);
        }

        return succeeded;
    }

    /// <returns>Whether the message was handled; false when this attempt failed.</returns>
    private async Task<bool> ProcessAsync(Delivery delivery, ConsumerRegistration consumer, SessionTokens tokens)
    {
        var message = delivery.Message;
        var attempt = FailedMessages.AttemptOf(message);
        using var activity = MessagingActivities.StartProcess(message, consumer.Queue.Name, attempt, delivery.Trace);
        using var tags = MessageTags.Begin(logger, new("messaging.message.id", message.MessageId), new("mom.message.type", message.Type));
        var started = Stopwatch.GetTimestamp();
        if (await IsAwayAsync(message, static (gate, end) => gate.IsStillAwayAsync(end), tokens).ConfigureAwait(false))
        {
            var query = FailedMessages.IsQuery(message);
            message = await failed.ReplyOutageAsync(message, consumer.Queue, tokens.Settle).ConfigureAwait(false);
            if (query)
            {
                MessagingMetrics.Processed(consumer.Queue.Name, Stopwatch.GetElapsedTime(started), ok: false);
                return false;
            }
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(tokens.HardStop, tokens.Settle);
        var delay = new ReconnectDelay();
        while (await TryAsync(message, consumer, started, tokens).ConfigureAwait(false) is { } failure)
        {
            if (!FailedMessages.IsQuery(message) && await publishing.WaitIfCausedAsync(message, failure, delay, end.Token).ConfigureAwait(false))
            {
                continue;
            }

            var (away, query) = (await IsAwayAsync(message, (gate, end) => gate.IsAwayAsync(failure, end), tokens).ConfigureAwait(false), FailedMessages.IsQuery(message));
            if (away)
            {
                message = await failed.ReplyOutageAsync(message, consumer.Queue, tokens.Settle).ConfigureAwait(false);
            }

            if (away && query)
            {
                MessagingMetrics.Processed(consumer.Queue.Name, Stopwatch.GetElapsedTime(started), ok: false);
                MessagingActivities.Failed(activity, failure);
                Log.QueryFailed(logger, failure, message.Type, message.MessageId);
                return false;
            }

            // Between the two questions the server may have come back: it was an outage all the same.
            if (query || (!await WaitIfAwayAsync(failure, tokens).ConfigureAwait(false) && !away))
            {
                MessagingMetrics.Processed(consumer.Queue.Name, Stopwatch.GetElapsedTime(started), ok: false);
                MessagingActivities.Failed(activity, failure);
                await failed.SendOnAsync(message, consumer, attempt, failure, tokens.Settle).ConfigureAwait(false);
                return false;
            }
        }

        return true;
    }

    /// <returns>Why it failed, or <see langword="null"/>.</returns>
    private async Task<Exception?> TryAsync(Envelope message, ConsumerRegistration consumer, long started, SessionTokens tokens)
    {
        try
        {
            // Anew for each try: a publish of the last one that failed says nothing of this one.
            var context = invoker.ContextOf(message, consumer, tokens.HardStop);
            var reply = await invoker.InvokeAsync(message, consumer, context, tokens.HardStop).ConfigureAwait(false);
            MessagingMetrics.Processed(consumer.Queue.Name, Stopwatch.GetElapsedTime(started), ok: true);
            if (reply is not null && message.ReplyTo is not null)
            {
                await failed.ReplyAsync(message, reply, tokens.Settle).ConfigureAwait(false);
            }

            return null;
        }
        catch (OperationCanceledException) when (tokens.HardStop.IsCancellationRequested || tokens.Settle.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a handler throws must have an outcome.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    private async Task<bool> TryAsync(IReadOnlyList<Delivery> deliveries, BatchRegistration batch, ConsumerRegistration consumer, SessionTokens tokens)
    {
        using var activity = MessagingActivities.StartBatch(consumer.Queue.Name, [.. deliveries.Select(delivery => delivery.Trace)]);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await invoker.InvokeBatchAsync(deliveries.Select(delivery => delivery.Message), batch, consumer, tokens.HardStop).ConfigureAwait(false);
            foreach (var _ in deliveries)
            {
                MessagingMetrics.Processed(consumer.Queue.Name, Stopwatch.GetElapsedTime(started), ok: true);
            }

            return true;
        }
        catch (OperationCanceledException) when (tokens.HardStop.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a handler throws, the remedy is to find out which message it was.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            MessagingActivities.Failed(activity, exception);
            Log.BatchFailed(logger, exception, deliveries.Count, consumer.Queue.Name);
            return false;
        }
    }

    // A caller hears of an outage before its end is waited for.
    private async Task<bool> IsAwayAsync(Envelope message, Func<IOutageGate, CancellationToken, Task<bool>> ask, SessionTokens tokens)
    {
        if (message.ReplyTo is null)
        {
            return false;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(tokens.HardStop, tokens.Settle);
        foreach (var gate in gates)
        {
            if (await ask(gate, end.Token).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> WaitIfAwayAsync(Exception failure, SessionTokens tokens)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(tokens.HardStop, tokens.Settle);
        foreach (var gate in gates)
        {
            if (await gate.WaitIfAwayAsync(failure, end.Token).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }
}
