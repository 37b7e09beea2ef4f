using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RabbitMQ.Client;

namespace Mom.Messaging.Envelopes;

/// <summary>Translates between an <see cref="Envelope"/> and AMQP 0-9-1 properties.</summary>
internal static class EnvelopeProperties
{
    private const int DecodedDepth = 16;
    private const string TraceParentHeader = "traceparent";

    // Written by the client on every publish; copied to the next message they would tie it to the wrong trace or confirm.
    private static bool IsOwnedByTheClient(string header) => header is TraceParentHeader or "tracestate" or "x-dotnet-pub-seq-no";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>New properties each time: the client writes into their headers while it publishes.</summary>
    /// <param name="envelope">What is published.</param>
    /// <param name="appId">The name of this program.</param>
    /// <param name="user">The connection's user; <see langword="null"/> where it is not known.</param>
    public static BasicProperties Write(Envelope envelope, string appId, string? user = null) => new()
    {
        AppId = appId,
        UserId = user,
        ContentType = "application/json",
        MessageId = envelope.MessageId.ToString(),
        Type = envelope.Type,
        CorrelationId = envelope.CorrelationId,
        ReplyTo = envelope.ReplyTo,
        Priority = Math.Clamp(envelope.Priority, (byte)1, MessagePriority.Maximum),
        DeliveryMode = envelope.Persistent ? DeliveryModes.Persistent : DeliveryModes.Transient,
        Expiration = envelope.Expiration is { } expiration
            ? Math.Max(1, (long)expiration.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)
            : null,
        Timestamp = new AmqpTimestamp(envelope.Timestamp.ToUnixTimeSeconds()),
        Headers = Headers(envelope),
    };

    /// <summary>The W3C trace context that a message carries, or <see langword="null"/>.</summary>
    public static string? TraceParent(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(TraceParentHeader, out var value) == true && value is byte[] bytes ? Text(bytes) : null;

    /// <summary>Reads what was delivered. Copies the body: its memory is the client's once the handler has returned.</summary>
    /// <remarks>
    /// Bytes that are no UTF-8 in a short string (type, ids, keys of headers) the client has replaced by U+FFFD before it hands the message
    /// over; three bytes each, so that a string of 255 bytes need not fit any more.
    /// </remarks>
    /// <param name="exchange">Where it was published.</param>
    /// <param name="routingKey">With which key.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="body">Its body.</param>
    /// <param name="user">The user of this process, whose copies of messages tell who sent the first.</param>
    public static Envelope Read(string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, string? user = null) =>
        WithSender(Unwrapped(exchange, routingKey, properties, body), user);

    // Of a copy that this process's own user has made, it is the sender of the first.
    private static Envelope WithSender(Envelope message, string? user) =>
        user is not null && string.Equals(message.Sender, user, StringComparison.Ordinal) && message.Headers.GetValueOrDefault(MessageHeaders.Sender) is string first
            ? message with { Sender = first.Length == 0 ? null : first }
            : message;

    private static Envelope Unwrapped(string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body) => WrappedMessage.Unwrap(
        new(
            exchange,
            routingKey,
            properties.Type ?? string.Empty,
            MessageIdentity.Of(properties.MessageId),
            properties.IsPriorityPresent() ? properties.Priority : MessagePriority.Normal,
            body.ToArray())
        {
            CorrelationId = properties.CorrelationId,
            ReplyTo = properties.ReplyTo,
            Sender = properties.UserId,
            Expiration = long.TryParse(properties.Expiration, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, uint.MaxValue))
                : null,
            Persistent = properties.DeliveryMode == DeliveryModes.Persistent,
            Timestamp = Time(properties.Timestamp.UnixTime),
            Headers = Headers(properties.Headers),
        });

    // Without a publish span of its own the client writes no context, and the receiver would begin a trace that the sender has decided
    // not to record. No dictionary where there is nothing to write: the client makes its own for what it adds.
    private static Dictionary<string, object?>? Headers(Envelope envelope)
    {
        var trace = Activity.Current is { Recorded: false, IdFormat: ActivityIdFormat.W3C } unrecorded ? unrecorded.Id : null;
        if (envelope.Headers.Count == 0 && trace is null)
        {
            return null;
        }

        // With room for what the client adds: a traceparent and the confirm's number.
        var headers = new Dictionary<string, object?>(envelope.Headers.Count + 2, StringComparer.Ordinal);
        foreach (var (name, value) in envelope.Headers)
        {
            headers.Add(name, value);
        }

        if (trace is not null)
        {
            headers[TraceParentHeader] = trace;
        }

        return headers;
    }

    // Most messages have no headers but the client's.
    private static IReadOnlyDictionary<string, object?> Headers(IDictionary<string, object?>? received)
    {
        Dictionary<string, object?>? headers = null;
        foreach (var (name, value) in received ?? ReadOnlyDictionary<string, object?>.Empty)
        {
            if (!IsOwnedByTheClient(name))
            {
                (headers ??= new(StringComparer.Ordinal)).Add(name, Decode(value, depth: 1));
            }
        }

        return headers ?? (IReadOnlyDictionary<string, object?>)ReadOnlyDictionary<string, object?>.Empty;
    }

    // Strings come back from the broker as bytes, also those in lists and tables; bytes that are no text stay what they are. So does what is
    // nested deep: to follow it any number of levels down would end the stack, and the process.
    private static object? Decode(object? value, int depth) => value switch
    {
        byte[] bytes => Text(bytes) ?? (object)bytes,
        _ when depth >= DecodedDepth => value,
        IDictionary<string, object?> table => table.ToDictionary(entry => entry.Key, entry => Decode(entry.Value, depth + 1), StringComparer.Ordinal),
        IList<object?> list => list.Select(item => Decode(item, depth + 1)).ToList(),
        _ => value,
    };

    private static string? Text(byte[] bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // Others may write any 64 bits: a message must not be lost for its date.
    private static DateTimeOffset Time(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
}

/// <summary>The identity of a message as a UUID, also where its sender gave it another kind of id.</summary>
internal static class MessageIdentity
{
    /// <summary>
    /// The message id itself where it is a UUID, else one that follows from it: the same text must give the same identity at each
    /// delivery, or no inbox would recognise it. A message without an id gets a new one.
    /// </summary>
    public static Guid Of(string? messageId)
    {
        if (string.IsNullOrEmpty(messageId))
        {
            return Guid.CreateVersion7();
        }

        return Guid.TryParse(messageId, out var id) ? id : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 16));
    }
}
