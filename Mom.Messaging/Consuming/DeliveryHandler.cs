using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.Consuming.Keys;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Retries;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Consuming;

/// <summary>
/// Takes a delivery to its outcome: handled, answered, to be tried again, dead, or moved to where it can be handled without harm to
/// others. When it returns the delivery may be acked: all that follows from it has been confirmed by the broker.
/// </summary>
internal sealed class DeliveryHandler(
    HandlerInvoker invoker,
    FailedMessages failed,
    UnchargedMessages uncharged,
    SuspectMessages suspects,
    SuspectMarks marks,
    PublishOutage publishing,
    SenderCheck senders,
    IEnumerable<IOutageGate> gates,
    TimeProvider time,
    ILogger<DeliveryHandler> logger)
{
    private readonly IOutageGate[] _gates = [.. gates];

    /// <summary>The user of this process, whose copies of messages tell who sent the first.</summary>
    public string? User => senders.User;

    /// <summary>The type of message that an envelope holds, if anything here handles it.</summary>
    public Type? TypeOf(Envelope message, ConsumerRegistration consumer) => senders.WhatIsWrong(message, consumer) is null ? invoker.TypeOf(message, consumer) : null;

    /// <summary>Returns when the delivery has an outcome.</summary>
    /// <returns>Whether it may be acked; false when it goes back to its place in the queue, and nothing of its key may be begun here before it.</returns>
    /// <exception cref="OperationCanceledException">The process stops, or the session has ended; the message goes back to its queue.</exception>
    public async Task<bool> HandleAsync(Delivery delivery, ConsumerRegistration consumer, LaneState lane, SessionTokens tokens)
    {
        var message = delivery.Message;
        if (HasExpired(delivery))
        {
            Log.Expired(logger, message.Type, message.MessageId);
            MessagingMetrics.Expired(consumer.Queue.Name);
        }
        else if (senders.WhatIsWrong(message, consumer) is { } wrong)
        {
            await RefuseAsync(message, consumer, wrong, tokens.Settle).ConfigureAwait(false);
        }
        else if (delivery.Redelivered && !lane.Lane.IsOrdered)
        {
            await lane.RoomForSuspectAsync(delivery, tokens.Settle).ConfigureAwait(false);
            lane.Moves.Begin(message.MessageId);
            if (!await suspects.MoveAsync(message, consumer, lane.Lane.Kind, tokens.Settle).ConfigureAwait(false))
            {
                await failed.ReplyFailureAsync(message, tokens.Settle).ConfigureAwait(false);
            }
        }
        else if (delivery.Alone && !await marks.BeginAsync(message, consumer, lane.Lane.Queue, tokens.Settle).ConfigureAwait(false))
        {
            await failed.ReplyFailureAsync(message, tokens.Settle).ConfigureAwait(false);
        }
        else
        {
            await lane.Moves.EndedAsync(message.MessageId, tokens.Settle).ConfigureAwait(false);
            MessagingMetrics.Consumed(consumer.Queue.Name);
            if (await ProcessAsync(delivery, consumer, lane, tokens).ConfigureAwait(false) is { } succeeded)
            {
                lane.Processed(succeeded);
            }
            else
            {
                return !lane.Lane.IsOrdered;
            }
        }

        return true;
    }

    // Its sender gets no answer, and least of all at an address of its choice.
    private Task RefuseAsync(Envelope message, ConsumerRegistration consumer, string wrong, CancellationToken settle)
    {
        Log.Refused(logger, message.Type, message.MessageId, consumer.Queue.Name, wrong);
        MessagingMetrics.Consumed(consumer.Queue.Name);
        return failed.DeadLetterAsync(message, consumer.Queue, DeadLetterReason.SenderRefused, new SenderRefusedException($"Not handled: {wrong}."), settle);
    }

    /// <summary>Handles many messages of one kind in one call of their handler.</summary>
    /// <returns>Whether all may be acked; false when each of them must be handled alone.</returns>
    /// <exception cref="OperationCanceledException">The process stops; the messages go back to their queue.</exception>
    public async Task<bool> HandleAsync(
        IReadOnlyList<Delivery> deliveries, BatchRegistration batch, ConsumerRegistration consumer, LaneState lane, SessionTokens tokens)
    {
        var succeeded = deliveries.Count > 1 && !await IsForOneByOneAsync(deliveries, tokens).ConfigureAwait(false) && await TryAsync(deliveries, batch, consumer, lane, tokens).ConfigureAwait(false);
        foreach (var _ in succeeded ? deliveries : [])
        {
            MessagingMetrics.Consumed(consumer.Queue.Name);
            lane.Processed(succeeded: true);
        }

        return succeeded;
    }

    // A caller hears of an outage before anything runs into its timeout, and one who has gone is not answered.
    private async Task<bool> IsForOneByOneAsync(IReadOnlyList<Delivery> deliveries, SessionTokens tokens)
    {
        if (!deliveries.Any(delivery => delivery.Message.ReplyTo is not null))
        {
            return false;
        }

        return deliveries.Any(HasExpired) || await _gates.IsStillUnavailableAsync(reads: false, tokens.Settle).ConfigureAwait(false);
    }

    // The broker's own clock stops when it hands a message out; this is for the time since then.
    private bool HasExpired(Delivery delivery) =>
        delivery.Message is { ReplyTo: not null, Expiration: { } expiration } && time.GetElapsedTime(delivery.ReceivedAt) >= expiration;

    /// <returns>Whether the message was handled; false when this attempt failed, <see langword="null"/> when it was given back, or is to be.</returns>
    private async Task<bool?> ProcessAsync(Delivery delivery, ConsumerRegistration consumer, LaneState lane, SessionTokens tokens)
    {
        var (message, queue, query) = (delivery.Message, consumer.Queue, FailedMessages.IsQuery(delivery.Message));
        using var activity = MessagingActivities.StartProcess(message, queue.Name, FailedMessages.AttemptOf(message), delivery.Trace);
        using var tags = MessageTags.Begin(logger, message);

        // A caller hears of an outage before its end is waited for.
        message = await TellOfOutageAsync(message, query, queue, tokens.Settle).ConfigureAwait(false);
        if (query && message.ReplyTo is null)
        {
            return false;
        }

        ReconnectDelay? delay = null;
        var tries = 0;
        while (true)
        {
            // It has waited behind others that were held, and a try may take its time.
            if (lane.Hold.Left(delivery) == TimeSpan.Zero && await _gates.IsStillUnavailableAsync(reads: false, tokens.Settle).ConfigureAwait(false))
            {
                return await GiveBackAsync(delivery, message, queue, lane, tokens.Settle).ConfigureAwait(false);
            }

            var started = Stopwatch.GetTimestamp();
            if (await TryAsync(message, consumer, lane, started, tokens).ConfigureAwait(false) is not { } failure)
            {
                return true;
            }

            (message, var unavailable) = await TellOfOutageAsync(message, query, queue, failure, tokens.Settle).ConfigureAwait(false);
            if (!query)
            {
                if (await HoldAsync(failure, delivery, delay ??= new ReconnectDelay(), lane, tokens).ConfigureAwait(false) is not { } wasUnavailable)
                {
                    return await GiveBackAsync(delivery, message, queue, lane, tokens.Settle).ConfigureAwait(false);
                }

                // Between the two questions the server may have come back: it was an outage all the same.
                if (wasUnavailable || unavailable)
                {
                    continue;
                }
            }

            MessagingMetrics.Processed(queue.Name, Stopwatch.GetElapsedTime(started), ok: false);
            if (!(query && message.ReplyTo is null) && TriesAtOnce(message, consumer, failure, ref tries, tokens.Drain))
            {
                continue;
            }

            var (outcome, again) = await EndAttemptAsync(delivery, message, query, consumer, failure, lane, activity, tokens).ConfigureAwait(false);
            if (again is null)
            {
                return outcome;
            }

            (message, tries) = (again, 0);
        }
    }

    private async ValueTask<(Envelope Message, bool Unavailable)> TellOfOutageAsync(Envelope message, bool query, QueueDefinition queue, Exception failure, CancellationToken settle)
    {
        var unavailable = message.ReplyTo is not null && await _gates.IsUnavailableAsync(failure, settle).ConfigureAwait(false);
        return unavailable || (query && _gates.UnchargedRetries(failure) > 0)
            ? (await failed.ReplyOutageAsync(message, queue, settle).ConfigureAwait(false), unavailable)
            : (message, unavailable);
    }

    /// <returns>The outcome (see <see cref="ProcessAsync"/>), or the message as it is at its next attempt, where that is made by the same delivery.</returns>
    private async Task<(bool? Outcome, Envelope? Again)> EndAttemptAsync(
        Delivery delivery, Envelope message, bool query, ConsumerRegistration consumer, Exception failure, LaneState lane, Activity? activity, SessionTokens tokens)
    {
        if (lane.Lane.IsOrdered && await NextInPlaceAsync(message, consumer, failure, tokens.Settle).ConfigureAwait(false) is var (again, wait))
        {
            return await tokens.RestAsync(delivery, wait).ConfigureAwait(false)
                ? (null, again)
                : (await GiveBackAsync(delivery, message, consumer.Queue, lane, tokens.Settle).ConfigureAwait(false), null);
        }

        MessagingActivities.Failed(activity, failure);
        await SendOnAsync(message, query, consumer, failure, tokens.Settle).ConfigureAwait(false);
        return (false, null);
    }

    private async ValueTask<Envelope> TellOfOutageAsync(Envelope message, bool query, QueueDefinition queue, CancellationToken settle)
    {
        if (message.ReplyTo is null || !await _gates.IsStillUnavailableAsync(query, settle).ConfigureAwait(false))
        {
            return message;
        }

        if (query)
        {
            MessagingMetrics.Processed(queue.Name, TimeSpan.Zero, ok: false);
        }

        return await failed.ReplyOutageAsync(message, queue, settle).ConfigureAwait(false);
    }

    // The next attempt of a message that must keep its place, charged or not; null when there is none.
    private async Task<(Envelope Message, TimeSpan Delay)?> NextInPlaceAsync(Envelope message, ConsumerRegistration consumer, Exception failure, CancellationToken settle) =>
        await uncharged.PostponeInPlaceAsync(message, consumer.Queue, failure, _gates.UnchargedRetries(failure), settle).ConfigureAwait(false)
        ?? await failed.AgainInPlaceAsync(message, consumer, FailedMessages.AttemptOf(message), failure, settle).ConfigureAwait(false);

    private async Task<bool?> GiveBackAsync(Delivery delivery, Envelope message, QueueDefinition queue, LaneState lane, CancellationToken settle)
    {
        if (lane.Lane.IsOrdered)
        {
            // At the end of its queue it would be behind those that came after it: it goes back to its place, when the session ends.
            if (delivery.Alone)
            {
                await marks.ForgetAsync(message, lane.Lane.Queue, settle).ConfigureAwait(false);
            }

            Log.GivenBack(logger, message.Type, message.MessageId, lane.Lane.Queue);
            return null;
        }

        await uncharged.GiveBackAsync(message, queue, lane.Lane.Queue, settle).ConfigureAwait(false);
        return null;
    }

    private bool TriesAtOnce(Envelope message, ConsumerRegistration consumer, Exception failure, ref int tries, CancellationToken drain)
    {
        if (FailedMessages.IsKnown(failure) || tries >= (consumer.RuleOf(failure)?.ImmediateTries ?? 0) || drain.IsCancellationRequested)
        {
            return false;
        }

        Log.TryingAgain(logger, failure, message.Type, message.MessageId, ++tries);
        return true;
    }

    /// <summary>Publishes a failed message for its next attempt, counted or not, or as a dead letter. A query is not tried again.</summary>
    private async Task SendOnAsync(Envelope message, bool query, ConsumerRegistration consumer, Exception failure, CancellationToken settle)
    {
        if (query && message.ReplyTo is null)
        {
            // Its caller has been told, and nobody else needs to know.
            Log.QueryFailed(logger, failure, message.Type, message.MessageId);
        }
        else if (query || consumer.Queue.IsPartitioned || !await uncharged.TryPostponeAsync(message, consumer.Queue, failure, _gates.UnchargedRetries(failure), settle).ConfigureAwait(false))
        {
            await failed.SendOnAsync(message, consumer, FailedMessages.AttemptOf(message), failure, settle).ConfigureAwait(false);
        }
    }

    /// <summary>Holds a message that failed for as long as the server that it needs is unavailable, or the broker takes nothing from this process.</summary>
    /// <returns>Whether that was so and is over; false when the failure is another one, <see langword="null"/> when it can be held no longer.</returns>
    /// <exception cref="OperationCanceledException">The process stops, or the session has ended.</exception>
    private async Task<bool?> HoldAsync(
        Exception failure, Delivery delivery, ReconnectDelay delay, LaneState lane, SessionTokens tokens)
    {
        // Fires at the hard stop, too.
        var end = tokens.Settle;
        if (await publishing.WaitIfCausedAsync(delivery.Message, failure, delay, end).ConfigureAwait(false))
        {
            return true;
        }

        using var limit = new CancellationTokenSource(lane.Hold.Left(delivery), time);
        using var hold = CancellationTokenSource.CreateLinkedTokenSource(end, tokens.Drain, limit.Token);
        try
        {
            return await _gates.WaitIfUnavailableAsync(failure, hold.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (hold.IsCancellationRequested && !end.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <returns>Why it failed, or <see langword="null"/>.</returns>
    private async Task<Exception?> TryAsync(Envelope message, ConsumerRegistration consumer, LaneState lane, long started, SessionTokens tokens)
    {
        try
        {
            // In a partition another consumer begins where this session ends: the handler is told.
            var reply = await invoker.InvokeAsync(message, consumer, lane, lane.Lane.IsOrdered ? tokens.Settle : tokens.HardStop).ConfigureAwait(false);
            MessagingMetrics.Processed(consumer.Queue.Name, Stopwatch.GetElapsedTime(started), ok: true);
            if (reply is not null)
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

    private async Task<bool> TryAsync(
        IReadOnlyList<Delivery> deliveries, BatchRegistration batch, ConsumerRegistration consumer, LaneState lane, SessionTokens tokens)
    {
        using var traces = BatchTraces.Start(deliveries, consumer.Queue.Name, logger);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var replies = await invoker.InvokeBatchAsync(deliveries, traces, batch, consumer, lane, tokens.HardStop).ConfigureAwait(false);
            foreach (var _ in deliveries)
            {
                MessagingMetrics.Processed(consumer.Queue.Name, Stopwatch.GetElapsedTime(started), ok: true);
            }

            if (replies is not null)
            {
                await Task.WhenAll(deliveries.Select(ReplyAsync)).ConfigureAwait(false);
            }

            return true;

            // Within its own trace, as the reply that follows from one request alone.
            async Task ReplyAsync(Delivery delivery, int number)
            {
                using var trace = traces.Enter(number);
                await failed.ReplyAsync(delivery.Message, replies![number], tokens.Settle).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (tokens.HardStop.IsCancellationRequested || tokens.Settle.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a handler throws, the remedy is to find out which message it was.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            MessagingActivities.Failed(traces.Batch, exception);
            Log.BatchFailed(logger, exception, deliveries.Count, consumer.Queue.Name);
            return false;
        }
    }
}
