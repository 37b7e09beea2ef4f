using System.Globalization;
using System.Text.Json;
using Mom.Messaging.Contracts;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Messaging.Retries;

namespace Mom.Messaging.Consuming;

/// <summary>Makes of an envelope what a handler is called with.</summary>
internal sealed class MessageReader(MessageRegistry registry, IMessagePublisher publisher)
{
    /// <summary>The type of message that an envelope holds, if anything here handles it.</summary>
    public Type? TypeOf(Envelope message, ConsumerRegistration consumer) =>
        registry.Find(message.Type) is { } contract && consumer.Handlers.ContainsKey(contract.ClrType) ? contract.ClrType : null;

    /// <exception cref="UnknownMessageException">Nothing here handles it.</exception>
    /// <exception cref="MalformedBodyException">It cannot be read.</exception>
    public object Read(Envelope message, ConsumerRegistration consumer)
    {
        if (registry.Find(message.Type) is not { } contract || !consumer.Handlers.ContainsKey(contract.ClrType))
        {
            throw new UnknownMessageException($"Nothing here handles '{message.Type}' from {consumer.Queue.Name}.");
        }

        try
        {
            return JsonSerializer.Deserialize(message.Body.Span, contract.Json) ?? throw new MalformedBodyException($"The body of '{message.Type}' is null.");
        }
        catch (JsonException exception)
        {
            throw new MalformedBodyException($"The body of '{message.Type}' cannot be read: {exception.Message}", exception);
        }
    }

    public MessageContext Context(Envelope message, ConsumerRegistration consumer, CancellationToken cancellationToken) =>
        new(message.MessageId, consumer.Queue.Name, FailedMessages.AttemptOf(message), RetrySchedule.MaxAttempts(consumer.Queue), message.Timestamp)
        {
            Priority = message.Priority,
            Headers = message.Headers,
            Deadline = DeadlineOf(message),
            CancellationToken = cancellationToken,
            Publisher = publisher,
        };

    private static DateTimeOffset? DeadlineOf(Envelope message) =>
        message.Headers.GetValueOrDefault(MessageHeaders.Deadline) is { } value
        && long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
