using System.Collections;
using System.Diagnostics;
using System.Text;
using Mom.Messaging.Errors;
using RabbitMQ.Client;

namespace Mom.Messaging.Envelopes;

/// <summary>
/// What a message takes on the wire, known before it is published. All properties of a message, its headers included, travel in one frame
/// (AMQP 0-9-1, 2.3.5.2); for one that is larger than the negotiated <c>frame_max</c> the broker closes the connection of everybody in the
/// process. The client says nothing of it, and its own encoder throws in the middle of a frame. Nothing here recurses: tables of others may
/// be nested thousands deep.
/// </summary>
internal static class WireSize
{
    /// <summary>Headers that are nested deeper are not given to the client's encoder, which recurses.</summary>
    public const int MaxDepth = 64;

    private const int MaxShortString = 255;
    private const int FrameOverhead = 8;
    private const long EmptyTable = 4;

    // Class, weight, body size, flags; message id, content type, priority, delivery mode, expiration, timestamp with their lengths.
    private const int FixedProperties = 14 + 37 + 17 + 1 + 1 + 21 + 8;

    // What the client adds to the headers: traceparent and the confirm's sequence number; trace state and baggage are counted.
    private const int AddedByTheClient = 512;

    /// <summary>Bytes of the header frame.</summary>
    /// <exception cref="MessageNotEncodableException">Something of it cannot be written at all.</exception>
    public static long HeaderFrame(Envelope envelope, string appId, string? user = null)
    {
        // In a frame of their own, and never a problem of size.
        ShortString(envelope, "exchange", envelope.Exchange);
        ShortString(envelope, "routing key", envelope.RoutingKey);
        return FrameOverhead + FixedProperties + AddedByTheClient + TraceOf(Activity.Current)
            + ShortString(envelope, "type", envelope.Type)
            + ShortString(envelope, "correlation id", envelope.CorrelationId)
            + ShortString(envelope, "reply queue", envelope.ReplyTo)
            + ShortString(envelope, "application id", appId)
            + ShortString(envelope, "user id", user)
            + (envelope.Headers.Count == 0 ? EmptyTable : Table(envelope));
    }

    /// <summary>The largest header frame that a connection takes, in bytes.</summary>
    public static long Limit(IConnection connection) => connection.FrameMax == 0 ? long.MaxValue : connection.FrameMax;

    private static long TraceOf(Activity? activity) =>
        activity is null ? 0 : (activity.TraceStateString?.Length ?? 0) + activity.Baggage.Sum(item => (3L * (item.Key.Length + (item.Value?.Length ?? 0))) + 2);

    private static long Table(Envelope envelope)
    {
        var size = EmptyTable;
        // Only what holds further values waits here: most headers are text and numbers.
        Stack<(object? Value, int Depth)>? open = null;
        Enter(envelope.Headers, 1);
        while (open is not null && open.TryPop(out var item))
        {
            size += Value(item.Value, item.Depth);
        }

        return size;

        void Add(object? value, int depth)
        {
            if (Scalar(value) is { } bytes)
            {
                size += bytes;
            }
            else
            {
                (open ??= new()).Push((value, depth));
            }
        }

        void Enter(IEnumerable<KeyValuePair<string, object?>> table, int depth)
        {
            if (depth > MaxDepth)
            {
                throw new MessageNotEncodableException(envelope.Type, $"its headers are nested more than {MaxDepth} deep");
            }

            foreach (var (key, value) in table)
            {
                size += ShortString(envelope, "header key", key);
                Add(value, depth);
            }
        }

        long Value(object? value, int depth)
        {
            switch (value)
            {
                case IDictionary<string, object?> table:
                    Enter(table, depth + 1);
                    return 5;
                case IList list and not byte[] when depth < MaxDepth:
                    foreach (var item in list)
                    {
                        Add(item, depth + 1);
                    }

                    return 5;
                default:
                    throw new MessageNotEncodableException(envelope.Type, $"a header is a {value!.GetType().Name}, {depth} deep, which cannot be written");
            }
        }
    }

    private static long? Scalar(object? value) => value switch
    {
        null => 1,
        bool or byte or sbyte => 2,
        short or ushort => 3,
        int or uint or float => 5,
        // The client writes 31 bits of it, and throws for more.
        decimal number when decimal.GetBits(number) is [>= 0, 0, 0, _] => 6,
        long or double or AmqpTimestamp => 9,
        string text => 5 + Encoding.UTF8.GetByteCount(text),
        byte[] bytes => 5 + bytes.Length,
        BinaryTableValue binary => 5 + binary.Bytes.Length,
        _ => null,
    };

    private static int ShortString(Envelope envelope, string what, string? text)
    {
        var bytes = text is null ? 0 : Encoding.UTF8.GetByteCount(text);
        return bytes <= MaxShortString
            ? bytes + 1
            : throw new MessageNotEncodableException(envelope.Type, $"its {what} has {bytes} bytes, and {MaxShortString} can be written");
    }
}
