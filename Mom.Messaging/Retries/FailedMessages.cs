using System.Globalization;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Consuming;
using Mom.Messaging.DeadLetters;
using Mom.Messaging.Delays;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Rpc;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Retries;

/// <summary>
/// Sends failed messages on: to a retry tier, or to the dead-letter queue, and tells their callers. Each is a new publish with the
/// message's own id and priority, confirmed before the original is acked: dying in between leaves two copies, never none.
/// </summary>
internal sealed class FailedMessages(
    EnvelopeFactory envelopes,
    SettlingPublisher publisher,
    OnwardMessages onward,
    Quarantine quarantine,
    BrokerTopology topology,
    TimeProvider time,
    ILogger<FailedMessages> logger)
{
    private const int MaxDeaths = 10;
    private const int TypeLength = 512;
    private const int MessageLength = 1_024;
    private const int StackLength = 8_192;

    /// <summary>Which attempt this delivery is, from 1.</summary>
    public static int AttemptOf(Envelope message) =>
        message.Headers.GetValueOrDefault(MessageHeaders.Attempt) is { } value && int.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var attempt) && attempt > 0 ? attempt : 1;

    /// <summary>After a failed attempt: the next one, or the end.</summary>
    public async Task SendOnAsync(Envelope message, ConsumerRegistration consumer, int attempt, Exception exception, CancellationToken cancellationToken)
    {
        var rule = consumer.RuleOf(exception);
        var (reason, maxAttempts) = ReasonOf(exception, rule, consumer, attempt);
        if (IsQuery(message) && reason is null or DeadLetterReason.AttemptsExhausted)
        {
            // A query: its caller is the only one who needs to know, and will have gone before a retry.
            Log.QueryFailed(logger, exception, message.Type, message.MessageId);
        }
        else if (rule is { Discards: true } && reason is DeadLetterReason.PermanentFailure or DeadLetterReason.AttemptsExhausted && !IsKnown(exception))
        {
            MessagingMetrics.Discarded(consumer.Queue.Name);
            Log.Discarded(logger, exception, message.Type, message.MessageId, consumer.Queue.Name, attempt);
        }
        else if (reason is null)
        {
            var delay = DelayAfter(rule, consumer, attempt);
            await RetryAsync(message, consumer.Queue, exception, delay, rule?.Delays is not null, cancellationToken).ConfigureAwait(false);
            Log.Retrying(logger, exception, message.Type, message.MessageId, attempt, maxAttempts, delay);
            await ReplyAsync(message, new Failure("The first attempt failed; it is tried again.", FailureKind.Retried), cancellationToken).ConfigureAwait(false);
            return;
        }
        else
        {
            await DeadLetterAsync(message, consumer.Queue, reason.Value, exception, cancellationToken).ConfigureAwait(false);
        }

        await ReplyFailureAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What becomes of a message after a failed attempt where it must keep its place: the next attempt is made by the same delivery.</summary>
    /// <returns>The message as it is at its next attempt, and how long it waits for that; <see langword="null"/> when there is none: then it is sent on.</returns>
    public async Task<(Envelope Message, TimeSpan Delay)?> AgainInPlaceAsync(
        Envelope message, ConsumerRegistration consumer, int attempt, Exception exception, CancellationToken cancellationToken)
    {
        var rule = consumer.RuleOf(exception);
        var (reason, maxAttempts) = ReasonOf(exception, rule, consumer, attempt);
        if (reason is not null || IsQuery(message))
        {
            return null;
        }

        var delay = DelayAfter(rule, consumer, attempt);
        MessagingMetrics.Retried(consumer.Queue.Name);
        Log.Retrying(logger, exception, message.Type, message.MessageId, attempt, maxAttempts, delay);
        await ReplyAsync(message, new Failure("The first attempt failed; it is tried again.", FailureKind.Retried), cancellationToken).ConfigureAwait(false);
        var headers = Describe(message, consumer.Queue, exception);
        headers[MessageHeaders.Attempt] = attempt + 1;
        return (message with { Headers = headers, ReplyTo = null }, delay);
    }

    private static (DeadLetterReason? Reason, int MaxAttempts) ReasonOf(Exception exception, FailureRule? rule, ConsumerRegistration consumer, int attempt)
    {
        var maxAttempts = rule?.Delays is { } own ? own.Count + 1 : RetrySchedule.MaxAttempts(consumer.Queue);
        DeadLetterReason? reason = exception switch
        {
            UnknownMessageException => DeadLetterReason.UnknownType,
            MalformedBodyException => DeadLetterReason.MalformedBody,
            PermanentFailureException => DeadLetterReason.PermanentFailure,
            SenderRefusedException => DeadLetterReason.SenderRefused,
            _ when rule is { IsFinal: true } => DeadLetterReason.PermanentFailure,
            _ => attempt < maxAttempts ? null : DeadLetterReason.AttemptsExhausted,
        };
        return (reason, maxAttempts);
    }

    private static TimeSpan DelayAfter(FailureRule? rule, ConsumerRegistration consumer, int attempt) =>
        RetrySchedule.DelayAfter(rule?.Delays ?? consumer.Queue.RetryDelays, attempt, Random.Shared.NextDouble());

    /// <summary>Parks the message until a person decides.</summary>
    public async Task DeadLetterAsync(Envelope message, QueueDefinition queue, DeadLetterReason reason, Exception? exception, CancellationToken cancellationToken)
    {
        var headers = Describe(message, queue, exception);
        headers[MessageHeaders.Attempt] = AttemptOf(message);
        headers[MessageHeaders.DeadReason] = reason.ToString();
        var deaths = DeathsOf(message) + 1;
        headers[MessageHeaders.Deaths] = deaths;
        MessagingMetrics.Dead(queue.Name, reason);
        var letter = Redirect(message, queue.DeadLetterQueue, headers) with { Expiration = null };
        if (deaths > MaxDeaths)
        {
            // Something leads dead letters back to their queue, a policy or a shovel: as long as it is there this would go round.
            headers[MessageHeaders.DeadReason] = nameof(DeadLetterReason.DiedTooOften);
            await quarantine.KeepAsync(queue, letter, exception ?? new InvalidOperationException($"It died {deaths} times."), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await onward.SendAsync(letter, queue, cancellationToken).ConfigureAwait(false);
        }

        Log.DeadLettered(logger, exception, message.Type, message.MessageId, queue.Name, reason);
    }

    /// <summary>Whether a message is a query: worth nothing without its caller.</summary>
    public static bool IsQuery(Envelope message) => message is { ReplyTo: not null, Expiration: not null };

    /// <summary>Tells the caller of a request, if there is one, that it will not be answered.</summary>
    public Task ReplyFailureAsync(Envelope request, CancellationToken cancellationToken) =>
        ReplyAsync(request, new Failure("The request could not be handled."), cancellationToken);

    /// <summary>Tells the caller of a request that a server is unavailable. A query ends with that, a command is held.</summary>
    /// <returns>The request without its caller, who has had an answer.</returns>
    public async Task<Envelope> ReplyOutageAsync(Envelope request, QueueDefinition queue, CancellationToken cancellationToken)
    {
        var failure = IsQuery(request)
            ? new Failure("A server that is needed for it is unavailable.", FailureKind.Unavailable, queue.Name)
            : new Failure("A server that is needed for it is unavailable; it is handled after the outage.", FailureKind.Held, queue.Name);
        await ReplyAsync(request, failure, cancellationToken).ConfigureAwait(false);
        return request with { ReplyTo = null };
    }

    /// <summary>
    /// Answers a request. A reply that cannot be sent is no reason to handle the request once more, for its effect is there: its caller is
    /// told that it failed, and where not even that can be sent, nothing. Nothing is sent where no caller waits.
    /// </summary>
    public async Task ReplyAsync(Envelope request, object reply, CancellationToken cancellationToken)
    {
        if (request.ReplyTo is null || !SenderCheck.IsReplyQueue(request.ReplyTo, request.Sender))
        {
            return;
        }

        try
        {
            await publisher.PublishAsync(envelopes.Reply(request, reply), cancellationToken).ConfigureAwait(false);
        }
        catch (MessageUnsendableException exception)
        {
            Log.NotAnswered(logger, request.Type, request.MessageId, exception.Message);
            if (reply is not Failure)
            {
                await ReplyFailureAsync(request, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether the engine knows by itself what becomes of a message that failed with it.</summary>
    internal static bool IsKnown(Exception exception) => exception is UnknownMessageException or MalformedBodyException or PermanentFailureException or SenderRefusedException;

    // Has the message delivered once more, after a delay. A retry queue holds messages that wait equally long, or a short delay would stand behind a
    // long one: other delays go by the levels.
    private Task RetryAsync(Envelope message, QueueDefinition queue, Exception exception, TimeSpan delay, bool byLevels, CancellationToken cancellationToken)
    {
        var attempt = AttemptOf(message);
        var headers = Describe(message, queue, exception);
        headers[MessageHeaders.Attempt] = attempt + 1;
        // It came to an outcome, so whatever took its consumers down before, it was not this message.
        headers.Remove(MessageHeaders.Crashes);
        MessagingMetrics.Retried(queue.Name);
        // Its caller is answered now, and waits no longer.
        var next = byLevels
            ? DelayTopology.Delay(Redirect(message, queue.Name, headers) with { Expiration = null, ReplyTo = null }, delay, topology)
            : Redirect(message, queue.RetryQueue(attempt), headers) with { Expiration = delay, ReplyTo = null };
        return onward.SendAsync(next, queue, cancellationToken);
    }

    private Envelope Redirect(Envelope message, string queue, Dictionary<string, object?> headers) =>
        message with { Exchange = topology.CommandExchange, RoutingKey = queue, Headers = headers, Persistent = true, Mandatory = true };

    private Dictionary<string, object?> Describe(Envelope message, QueueDefinition queue, Exception? exception)
    {
        var now = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var headers = MessageHeaders.CarriedFrom(message);
        if (headers.GetValueOrDefault(MessageHeaders.FirstFailedAt) is not string { Length: < 64 })
        {
            headers[MessageHeaders.FirstFailedAt] = now;
        }

        headers[MessageHeaders.LastFailedAt] = now;
        headers[MessageHeaders.OriginQueue] = queue.Name;
        if (exception is not null)
        {
            headers[MessageHeaders.ExceptionType] = Cut(exception.GetType().FullName ?? exception.GetType().Name, TypeLength);
            headers[MessageHeaders.ExceptionMessage] = Cut(exception.Message, MessageLength);
            headers[MessageHeaders.ExceptionStack] = Cut(exception.ToString(), StackLength);
        }

        return headers;
    }

    private static int DeathsOf(Envelope message) =>
        message.Headers.GetValueOrDefault(MessageHeaders.Deaths) is { } value && int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var deaths)
            ? Math.Min(deaths, MaxDeaths)
            : 0;

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
