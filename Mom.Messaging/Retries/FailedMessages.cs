using System.Globalization;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Consuming;
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
    BrokerTopology topology,
    TimeProvider time,
    ILogger<FailedMessages> logger)
{
    private const int MessageLength = 1_024;
    private const int StackLength = 8_192;

    /// <summary>Which attempt this delivery is, from 1.</summary>
    public static int AttemptOf(Envelope message) =>
        message.Headers.GetValueOrDefault(MessageHeaders.Attempt) is { } value && int.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var attempt) && attempt > 0 ? attempt : 1;

    /// <summary>
    /// A copy of the headers without those that the broker wrote about one stay in one queue (<c>x-death</c>, <c>x-delivery-count</c>):
    /// they would grow with each hop, and make the broker see cycles where there are none.
    /// </summary>
    public static Dictionary<string, object?> HeadersOf(Envelope message) => message.Headers
        .Where(header => !header.Key.StartsWith("x-", StringComparison.Ordinal))
        .ToDictionary(header => header.Key, header => header.Value, StringComparer.Ordinal);

    /// <summary>After a failed attempt: the next one, or the end.</summary>
    public async Task SendOnAsync(Envelope message, ConsumerRegistration consumer, int attempt, Exception exception, CancellationToken cancellationToken)
    {
        DeadLetterReason? reason = exception switch
        {
            UnknownMessageException => DeadLetterReason.UnknownType,
            MalformedBodyException => DeadLetterReason.MalformedBody,
            PermanentFailureException => DeadLetterReason.PermanentFailure,
            _ => attempt < RetrySchedule.MaxAttempts(consumer.Queue) ? null : DeadLetterReason.AttemptsExhausted,
        };

        if (IsQuery(message) && reason is null or DeadLetterReason.AttemptsExhausted)
        {
            // A query: its caller is the only one who needs to know, and will have gone before a retry.
            Log.QueryFailed(logger, exception, message.Type, message.MessageId);
        }
        else if (reason is null)
        {
            var delay = RetrySchedule.DelayAfter(consumer.Queue, attempt, Random.Shared.NextDouble());
            await RetryAsync(message, consumer.Queue, exception, delay, cancellationToken).ConfigureAwait(false);
            Log.Retrying(logger, exception, message.Type, message.MessageId, attempt, RetrySchedule.MaxAttempts(consumer.Queue), delay);
            await ReplyAsync(message, new Failure("The first attempt failed; it is tried again.", FailureKind.Retried), cancellationToken).ConfigureAwait(false);
            return;
        }
        else
        {
            await DeadLetterAsync(message, consumer.Queue, reason.Value, exception, cancellationToken).ConfigureAwait(false);
        }

        await ReplyFailureAsync(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Parks the message until a person decides.</summary>
    public async Task DeadLetterAsync(Envelope message, QueueDefinition queue, DeadLetterReason reason, Exception? exception, CancellationToken cancellationToken)
    {
        var headers = Describe(message, queue, exception);
        headers[MessageHeaders.Attempt] = AttemptOf(message);
        headers[MessageHeaders.DeadReason] = reason.ToString();
        MessagingMetrics.Dead(queue.Name, reason);
        await publisher.PublishAsync(Redirect(message, queue.DeadLetterQueue, headers) with { Expiration = null }, cancellationToken).ConfigureAwait(false);
        Log.DeadLettered(logger, exception, message.Type, message.MessageId, queue.Name, reason);
    }

    /// <summary>Whether a message is a query: worth nothing without its caller.</summary>
    public static bool IsQuery(Envelope message) => message is { ReplyTo: not null, Expiration: not null };

    /// <summary>Tells the caller of a request, if there is one, that it will not be answered.</summary>
    public Task ReplyFailureAsync(Envelope request, CancellationToken cancellationToken) =>
        ReplyAsync(request, new Failure("The request could not be handled."), cancellationToken);

    /// <summary>Tells the caller of a request that a server is unavailable. A query is at its end with it, a command is held.</summary>
    /// <returns>The request without its caller, who has had an answer.</returns>
    public async Task<Envelope> ReplyOutageAsync(Envelope request, QueueDefinition queue, CancellationToken cancellationToken)
    {
        var failure = IsQuery(request)
            ? new Failure("A server that is needed for it is unavailable.", FailureKind.Unavailable, queue.Name)
            : new Failure("A server that is needed for it is unavailable; it is handled after the outage.", FailureKind.Held, queue.Name);
        await ReplyAsync(request, failure, cancellationToken).ConfigureAwait(false);
        return request with { ReplyTo = null };
    }

    private Task ReplyAsync(Envelope request, Failure failure, CancellationToken cancellationToken) =>
        request.ReplyTo is null ? Task.CompletedTask : publisher.PublishAsync(envelopes.Reply(request, failure), cancellationToken);

    // Has the message delivered once more, after a delay.
    private Task RetryAsync(Envelope message, QueueDefinition queue, Exception exception, TimeSpan delay, CancellationToken cancellationToken)
    {
        var attempt = AttemptOf(message);
        var headers = Describe(message, queue, exception);
        headers[MessageHeaders.Attempt] = attempt + 1;
        // It came to an outcome, so whatever took its consumers down before, it was not this message.
        headers.Remove(MessageHeaders.Crashes);
        MessagingMetrics.Retried(queue.Name);
        // Its caller is answered now, and waits no longer.
        return publisher.PublishAsync(Redirect(message, queue.RetryQueue(attempt), headers) with { Expiration = delay, ReplyTo = null }, cancellationToken);
    }

    private Envelope Redirect(Envelope message, string queue, Dictionary<string, object?> headers) =>
        message with { Exchange = topology.CommandExchange, RoutingKey = queue, Headers = headers, Persistent = true, Mandatory = true };

    private Dictionary<string, object?> Describe(Envelope message, QueueDefinition queue, Exception? exception)
    {
        var now = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var headers = HeadersOf(message);
        headers.TryAdd(MessageHeaders.FirstFailedAt, now);
        headers[MessageHeaders.LastFailedAt] = now;
        headers[MessageHeaders.OriginQueue] = queue.Name;
        if (exception is not null)
        {
            headers[MessageHeaders.ExceptionType] = exception.GetType().FullName;
            headers[MessageHeaders.ExceptionMessage] = Cut(exception.Message, MessageLength);
            headers[MessageHeaders.ExceptionStack] = Cut(exception.ToString(), StackLength);
        }

        return headers;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
