using System.Text;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Connections;
using Mom.Messaging.DeadLetters;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Topology;

namespace Mom.Messaging.Retries;

/// <summary>
/// Moves a message that was received to another queue, whatever its headers and body are. It goes as it came where that fits; else wrapped,
/// with its headers in the body; and what the broker takes in no form is kept in quarantine. One of them always comes to an end, so that
/// a message never keeps its consumer from going on.
/// </summary>
internal sealed class OnwardMessages(SettlingPublisher publisher, BrokerConnections connections, BrokerUser user, Quarantine quarantine, ILogger<OnwardMessages> logger)
{
    // RabbitMQ's own default.
    private const long UsualFrame = 131_072;

    private static readonly string AppId = AppDomain.CurrentDomain.FriendlyName;

    /// <summary>Returns when the broker has confirmed the message, or when it is kept in quarantine.</summary>
    /// <param name="message">As it is to be published.</param>
    /// <param name="queue">The work queue that it came from.</param>
    /// <param name="cancellationToken">Fires when the delivery is lost to this consumer anyway.</param>
    public async Task SendAsync(Envelope message, QueueDefinition queue, CancellationToken cancellationToken)
    {
        try
        {
            await SendAnyAsync(message with { AnySize = true }, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, tried again it would be the same, and the next message would wait for it.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var headers = new Dictionary<string, object?>(message.Headers, StringComparer.Ordinal);
            headers.TryAdd(MessageHeaders.DeadReason, nameof(DeadLetterReason.CannotBeSent));
            await quarantine.KeepAsync(queue, message with { Headers = headers }, exception, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendAnyAsync(Envelope message, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.PublishAsync(Fitted(message), cancellationToken).ConfigureAwait(false);
        }
        catch (MessageUnsendableException exception)
        {
            Log.Wrapped(logger, message.Type, message.MessageId, exception.Message);
            await publisher.PublishAsync(Fitted(WrappedMessage.Wrap(message)), cancellationToken).ConfigureAwait(false);
        }
    }

    // Our own descriptions of what went wrong give way first.
    private Envelope Fitted(Envelope message)
    {
        var limit = connections.Publish.Current is { } connection ? WireSize.Limit(connection) : UsualFrame;
        foreach (var name in new[] { MessageHeaders.ExceptionStack, MessageHeaders.ExceptionMessage })
        {
            var over = WireSize.HeaderFrame(message, AppId, user.Name) - limit;
            if (over > 0 && message.Headers.GetValueOrDefault(name) is string text)
            {
                var left = Math.Max(0, Encoding.UTF8.GetByteCount(text) - over);
                message = message with { Headers = new Dictionary<string, object?>(message.Headers, StringComparer.Ordinal) { [name] = Cut(text, left) } };
            }
        }

        return message;
    }

    private static string Cut(string text, long bytes)
    {
        var length = text.Length;
        while (length > 0 && Encoding.UTF8.GetByteCount(text.AsSpan(0, length)) > bytes)
        {
            length = length > 256 ? length - 256 : 0;
        }

        return text[..length];
    }
}
