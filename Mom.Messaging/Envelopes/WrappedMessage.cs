using System.Collections;
using System.Text;
using RabbitMQ.Client;

namespace Mom.Messaging.Envelopes;

/// <summary>
/// Moves a message that AMQP's properties do not hold, for their size or for what is in them: type, correlation id, reply queue and the
/// headers of others travel in the body, before the body that came. It is unwrapped wherever it is received, so that handlers and the store
/// of dead letters see the message as it was.
/// </summary>
/// <remarks>
/// The body is a 4-byte length (little endian), so many bytes of properties, and the original body. The properties are one table: each value
/// a type letter as in AMQP's tables and its bytes, tables and lists led by their count, texts by their length without AMQP's limit of 255.
/// Neither writing nor reading recurses.
/// </remarks>
internal static class WrappedMessage
{
    /// <summary>The type of a message that is wrapped, for those who do not unwrap.</summary>
    public const string Type = "mom.wrapped.v1";

    /// <param name="message">The message.</param>
    /// <param name="ours">Whether the engine's own headers are in the body too; else they stay where queues and people see them.</param>
    public static Envelope Wrap(Envelope message, bool ours = false)
    {
        var inner = message.Headers.Where(header => ours || !MessageHeaders.IsOurs(header)).ToDictionary(header => header.Key, header => header.Value, StringComparer.Ordinal);
        var properties = WriteTable(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["type"] = message.Type,
            ["correlation-id"] = message.CorrelationId,
            ["reply-to"] = message.ReplyTo,
            ["headers"] = inner,
        });
        var body = new byte[4 + properties.Length + message.Body.Length];
        BitConverter.TryWriteBytes(body, properties.Length);
        properties.CopyTo(body, 4);
        message.Body.CopyTo(body.AsMemory(4 + properties.Length));
        var headers = message.Headers.Where(MessageHeaders.IsOurs).ToDictionary(header => header.Key, header => header.Value, StringComparer.Ordinal);
        headers[MessageHeaders.Wrapped] = 1;
        return message with { Type = Type, CorrelationId = null, ReplyTo = null, Headers = headers, Body = body };
    }

    /// <summary>The message as it was before <see cref="Wrap"/>; any other as it is, also one that only says that it is wrapped.</summary>
    public static Envelope Unwrap(Envelope message)
    {
        if (!message.Headers.ContainsKey(MessageHeaders.Wrapped) || message.Body.Length < 4)
        {
            return message;
        }

        var length = BitConverter.ToInt32(message.Body.Span);
        if (length < 0 || length > message.Body.Length - 4 || ReadTable(message.Body.Slice(4, length)) is not { } properties)
        {
            return message;
        }

        var headers = new Dictionary<string, object?>(properties.GetValueOrDefault("headers") as Dictionary<string, object?> ?? [], StringComparer.Ordinal);
        foreach (var (key, value) in message.Headers.Where(header => !string.Equals(header.Key, MessageHeaders.Wrapped, StringComparison.Ordinal)))
        {
            headers[key] = value;
        }

        headers.Remove(MessageHeaders.Wrapped);
        return message with
        {
            Type = properties.GetValueOrDefault("type") as string ?? string.Empty,
            CorrelationId = properties.GetValueOrDefault("correlation-id") as string,
            ReplyTo = properties.GetValueOrDefault("reply-to") as string,
            Headers = headers,
            Body = message.Body[(4 + length)..],
        };
    }

    /// <summary>Any headers as bytes, without loss.</summary>
    public static byte[] WriteTable(IReadOnlyDictionary<string, object?> table)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        var open = new Stack<IEnumerator<(string? Key, object? Value)>>();
        Put(table);
        while (open.TryPeek(out var items))
        {
            if (!items.MoveNext())
            {
                open.Pop().Dispose();
                continue;
            }

            if (items.Current.Key is { } key)
            {
                writer.Write(key);
            }

            Put(items.Current.Value);
        }

        return bytes.ToArray();

        void Put(object? value)
        {
            switch (value)
            {
                case IReadOnlyCollection<KeyValuePair<string, object?>> entries:
                    writer.Write('F');
                    writer.Write(entries.Count);
                    open.Push(entries.Select(entry => ((string?)entry.Key, entry.Value)).GetEnumerator());
                    break;
                case IList list and not byte[]:
                    writer.Write('A');
                    writer.Write(list.Count);
                    open.Push(list.Cast<object?>().Select(item => ((string?)null, item)).GetEnumerator());
                    break;
                default:
                    Scalar(writer, value);
                    break;
            }
        }
    }

    /// <summary>What <see cref="WriteTable"/> wrote; <see langword="null"/> when it is something else.</summary>
    public static Dictionary<string, object?>? ReadTable(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8);
            var open = new Stack<(object Container, int Left)>();
            object? root = null;
            do
            {
                var key = open.TryPeek(out var parent) && parent.Container is Dictionary<string, object?> ? reader.ReadString() : null;
                var value = Take(reader, out var count);
                if (open.TryPop(out parent))
                {
                    Add(parent.Container, key, value);
                    open.Push(parent with { Left = parent.Left - 1 });
                }
                else
                {
                    root = value;
                }

                if (count > 0)
                {
                    open.Push((value!, count));
                }

                while (open.TryPeek(out parent) && parent.Left == 0)
                {
                    open.Pop();
                }
            }
            while (open.Count > 0);
            return root as Dictionary<string, object?>;
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static void Add(object container, string? key, object? value)
    {
        if (container is Dictionary<string, object?> table)
        {
            table[key!] = value;
        }
        else
        {
            ((List<object?>)container).Add(value);
        }
    }

    private static void Scalar(BinaryWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.Write('V'); break;
            case bool flag: As('t').Write(flag); break;
            case AmqpTimestamp time: As('T').Write(time.UnixTime); break;
            case byte[] bytes: Bytes('y', bytes); break;
            case BinaryTableValue binary: Bytes('x', binary.Bytes); break;
            default:
                if (!Number(value, As))
                {
                    As('S').Write(value.ToString() ?? string.Empty);
                }

                break;
        }

        BinaryWriter As(char letter)
        {
            writer.Write(letter);
            return writer;
        }

        void Bytes(char letter, byte[] bytes)
        {
            As(letter).Write(bytes.Length);
            writer.Write(bytes);
        }
    }

    private static bool Number(object value, Func<char, BinaryWriter> writeAs)
    {
        switch (value)
        {
            case byte number: writeAs('B').Write(number); return true;
            case sbyte number: writeAs('b').Write(number); return true;
            case short number: writeAs('s').Write(number); return true;
            case ushort number: writeAs('u').Write(number); return true;
            case int number: writeAs('I').Write(number); return true;
            case uint number: writeAs('i').Write(number); return true;
            case long number: writeAs('l').Write(number); return true;
            case float number: writeAs('f').Write(number); return true;
            case double number: writeAs('d').Write(number); return true;
            case decimal number: writeAs('D').Write(number); return true;
            default: return false;
        }
    }

    private static object? Take(BinaryReader reader, out int count)
    {
        count = 0;
        switch (reader.ReadChar())
        {
            case 'V': return null;
            case 't': return reader.ReadBoolean();
            case 'B': return reader.ReadByte();
            case 'b': return reader.ReadSByte();
            case 's': return reader.ReadInt16();
            case 'u': return reader.ReadUInt16();
            case 'I': return reader.ReadInt32();
            case 'i': return reader.ReadUInt32();
            case 'l': return reader.ReadInt64();
            case 'f': return reader.ReadSingle();
            case 'd': return reader.ReadDouble();
            case 'D': return reader.ReadDecimal();
            case 'T': return new AmqpTimestamp(reader.ReadInt64());
            case 'y': return Bytes();
            case 'x': return new BinaryTableValue(Bytes());
            case 'S': return reader.ReadString();
            case 'F':
                count = reader.ReadInt32();
                return new Dictionary<string, object?>(StringComparer.Ordinal);
            case 'A':
                count = reader.ReadInt32();
                return new List<object?>();
            case var letter: throw new FormatException($"'{letter}' is no kind of value.");
        }

        byte[] Bytes()
        {
            var length = reader.ReadInt32();
            var bytes = reader.ReadBytes(Math.Max(0, length));
            return bytes.Length == length ? bytes : throw new EndOfStreamException();
        }
    }
}
