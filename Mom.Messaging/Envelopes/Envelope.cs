using System.Buffers;
using System.Collections.ObjectModel;
using System.Text;

namespace Mom.Messaging.Envelopes;

/// <summary>A serialised message with everything that travels beside its body.</summary>
/// <param name="Exchange">Where it is published; empty for the default exchange.</param>
/// <param name="RoutingKey">The queue's name for a command, the topic for an event.</param>
/// <param name="Type">Wire name with version.</param>
/// <param name="MessageId">The message's identity.</param>
/// <param name="Priority">1 to 10.</param>
/// <param name="Body">UTF-8 JSON.</param>
public sealed record Envelope(string Exchange, string RoutingKey, string Type, Guid MessageId, byte Priority, ReadOnlyMemory<byte> Body)
{
    /// <summary>Pairs a reply with its request.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The queue that the reply goes to.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The broker drops the message when it has waited so long, to the millisecond; <see langword="null"/> for never.</summary>
    public TimeSpan? Expiration { get; init; }

    /// <summary>When the message was published for the first time.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Whether the message survives a restart of the broker.</summary>
    public bool Persistent { get; init; } = true;

    /// <summary>
    /// Whether it is an error when no queue takes the message. Replies do without, for their caller may have gone, and so do events whose contract
    /// says so.
    /// </summary>
    public bool Mandatory { get; init; } = true;

    /// <summary>Headers of the message; see <see cref="MessageHeaders"/> for those of this engine.</summary>
    public IReadOnlyDictionary<string, object?> Headers { get; init; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>
    /// The broker's user that sent a message which was received, as the broker has verified it; <see langword="null"/> where the sender did not say.
    /// Of a copy that this process's own user has made, as for a retry, it is the sender of the first. It is not sent.
    /// </summary>
    public string? Sender { get; init; }

    /// <summary>The W3C trace context that the publish belongs to, where that is not the current one (outbox).</summary>
    public string? TraceParent { get; init; }

    /// <summary>
    /// The same message in a form that every queue and every outbox takes: as it is, where its properties are few and plain, else with its
    /// properties in its body. Its receiver sees no difference.
    /// </summary>
    public Envelope Portable()
    {
        var plain = IsPlain(Type) && IsPlain(CorrelationId) && Headers.All(header => IsPlain(header.Key) && header.Value is null or bool or int or long or string && IsPlain(header.Value as string));
        return plain && Headers.Sum(header => header.Key.Length + (header.Value?.ToString()?.Length ?? 0)) <= PlainLength && Encoding.UTF8.GetByteCount(Type) <= byte.MaxValue
            && Headers.Keys.All(key => Encoding.UTF8.GetByteCount(key) <= byte.MaxValue)
            ? this
            : WrappedMessage.Wrap(this);
    }

    // Characters of up to 3 bytes: well below the smallest frame in use.
    private const int PlainLength = 8_192;

    // NUL and halves of surrogate pairs are text to AMQP and to .NET, and to Postgres they are not.
    private static bool IsPlain(string? text)
    {
        var rest = text.AsSpan();
        if (rest.Contains('\0'))
        {
            return false;
        }

        while (rest.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var first)
        {
            if (Rune.DecodeFromUtf16(rest[first..], out _, out var length) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[(first + length)..];
        }

        return true;
    }

    /// <summary>Whether the body may be larger than <see cref="Publishing.PublisherOptions.MaxBodyBytes"/>: the broker has handed it out, so it takes it back.</summary>
    internal bool AnySize { get; init; }
}
