using System.Globalization;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Retries;

/// <summary>
/// Sends failed messages on: to a retry tier, or to the dead-letter queue. Each is a new publish with the message's own id and
/// priority, confirmed before the original is acked: dying in between leaves two copies, never none.
/// </summary>
internal sealed class FailedMessages(SettlingPublisher publisher, BrokerTopology topology, TimeProvider time)
{
    private const int MessageLength = 1_024;
    private const int StackLength = 8_192;

    /// <summary>Which attempt this delivery is, from 1.</summary>
    public static int AttemptOf(Envelope message) =>
        message.Headers.GetValueOrDefault(MessageHeaders.Attempt) is { } value && int.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var attempt) && attempt > 0 ? attempt : 1;

    /// <summary>Has the message delivered once more, after a delay.</summary>
    public Task RetryAsync(Envelope message, QueueDefinition queue, Exception exception, TimeSpan delay, CancellationToken cancellationToken)
    {
        var attempt = AttemptOf(message);
        var headers = Describe(message, queue, exception);
        headers[MessageHeaders.Attempt] = attempt + 1;
        // It came to an outcome, so whatever took its consumers down before, it was not this message.
        headers.Remove(MessageHeaders.Crashes);
        MessagingMetrics.Retried(queue.Name);
        return publisher.PublishAsync(
            Redirect(message, queue.RetryQueue(attempt), headers) with { Expiration = delay },
            cancellationToken);
    }

    /// <summary>Parks the message until a person decides.</summary>
    public Task DeadLetterAsync(Envelope message, QueueDefinition queue, DeadLetterReason reason, Exception? exception, CancellationToken cancellationToken)
    {
        var headers = Describe(message, queue, exception);
        headers[MessageHeaders.Attempt] = AttemptOf(message);
        headers[MessageHeaders.DeadReason] = reason.ToString();
        MessagingMetrics.Dead(queue.Name, reason);
        return publisher.PublishAsync(
            Redirect(message, queue.DeadLetterQueue, headers) with { Expiration = null },
            cancellationToken);
    }

    private Envelope Redirect(Envelope message, string queue, Dictionary<string, object?> headers) =>
        message with { Exchange = topology.CommandExchange, RoutingKey = queue, Headers = headers, Persistent = true, Mandatory = true };

    private Dictionary<string, object?> Describe(Envelope message, QueueDefinition queue, Exception? exception)
    {
        var now = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var headers = BrokerHeaders.Without(message.Headers);
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
