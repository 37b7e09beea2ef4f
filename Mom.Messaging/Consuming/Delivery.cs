using System.Diagnostics;
using Mom.Messaging.Envelopes;

namespace Mom.Messaging.Consuming;

/// <summary>A message in the hands of a session.</summary>
/// <param name="Message">The message.</param>
/// <param name="Tag">By which it is acked, in the order of delivery.</param>
/// <param name="Redelivered">Whether it was delivered before, to a consumer that did not ack it.</param>
/// <param name="ReceivedAt">When it came, as a timestamp of the time provider.</param>
/// <param name="Trace">The client's deliver span; where that is not recorded, what the message carries.</param>
internal sealed record Delivery(Envelope Message, ulong Tag, bool Redelivered, long ReceivedAt, ActivityContext Trace)
{
    /// <summary>Whether nothing else of its partition is handled meanwhile; see <see cref="Keys.SuspectMarks"/>.</summary>
    public bool Alone { get; init; }

    /// <summary>The order in which they came.</summary>
    public static Comparer<Delivery> ByArrival { get; } = Comparer<Delivery>.Create((left, right) => left.Tag.CompareTo(right.Tag));

    /// <summary>The order in which a process takes up what it has been given: by priority, then first come first served.</summary>
    public static Comparer<Delivery> ByPriority { get; } = Comparer<Delivery>.Create((left, right) =>
        left.Message.Priority != right.Message.Priority
            ? right.Message.Priority.CompareTo(left.Message.Priority)
            : left.Tag.CompareTo(right.Tag));
}
