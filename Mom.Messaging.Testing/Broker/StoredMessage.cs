using System.Text;
using RabbitMQ.Client;

namespace Mom.Messaging.Testing.Broker;

/// <summary>A message as it is in one queue.</summary>
/// <param name="Number">The order in which messages came to the broker.</param>
/// <param name="Exchange">Where it was published.</param>
/// <param name="RoutingKey">With which key.</param>
/// <param name="Properties">As the broker hands them out: text in headers is bytes.</param>
/// <param name="Body">A copy: the publisher's memory is its own.</param>
internal sealed record StoredMessage(long Number, string Exchange, string RoutingKey, BasicProperties Properties, ReadOnlyMemory<byte> Body)
{
    /// <summary>The order in which a queue hands its messages out: by priority where it knows one, then first come first served.</summary>
    public static Comparer<StoredMessage> InOrder { get; } = Comparer<StoredMessage>.Create(static (left, right) =>
        left.Priority != right.Priority ? right.Priority.CompareTo(left.Priority) : left.Number.CompareTo(right.Number));

    /// <summary>As the queue sees it; 0 where it knows no priorities.</summary>
    public int Priority { get; init; }

    /// <summary>When it expires; <see langword="null"/> for never.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Whether it was handed out before, and came back unacked.</summary>
    public bool Redelivered { get; init; }

    /// <summary>What travels of the properties that a client has written.</summary>
    public static BasicProperties Travelled(IReadOnlyBasicProperties written)
    {
        var properties = new BasicProperties(written);
        if (written.Headers is { } headers)
        {
            properties.Headers = headers.ToDictionary(header => header.Key, header => Travelled(header.Value), StringComparer.Ordinal);
        }

        return properties;
    }

    // As RabbitMQ.Client reads it from the wire: a long string is bytes, also in lists and tables.
    private static object? Travelled(object? value) => value switch
    {
        string text => Encoding.UTF8.GetBytes(text),
        byte[] bytes => bytes,
        IDictionary<string, object?> table => table.ToDictionary(entry => entry.Key, entry => Travelled(entry.Value), StringComparer.Ordinal),
        System.Collections.IList list => list.Cast<object?>().Select(Travelled).ToList(),
        _ => value,
    };
}
