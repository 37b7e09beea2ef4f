using Mom.Messaging.Envelopes;

namespace Mom.Messaging.Consuming;

/// <summary>
/// One of the queues by which the messages of a work queue reach its handlers, with a channel and a share of the concurrency of
/// its own.
/// </summary>
internal sealed record Lane(LaneKind Kind, string Queue, ushort Concurrency, ushort Prefetch)
{
    /// <summary>Whether messages are handled in batches here. In the suspects' lanes each stands alone.</summary>
    public bool Batches => Kind is LaneKind.Work or LaneKind.Urgent;

    /// <summary>Whether a message that comes back unacked is charged with a crash.</summary>
    public bool Charges => Kind is LaneKind.Suspects or LaneKind.Solo;

    /// <summary>Whether the messages of a key keep their order: nothing is moved to another queue, or to its end.</summary>
    public bool IsOrdered => Kind == LaneKind.Partition;

    /// <summary>The header with a message's key, or <see langword="null"/> where there are no keys.</summary>
    public string? KeyHeader { get; private init; }

    /// <summary>The order in which messages are begun.</summary>
    public Comparer<Delivery> Order => IsOrdered ? Delivery.ByArrival : Delivery.ByPriority;

    /// <summary>The key of a message, or <see langword="null"/> for none. Messages of a partition that have none are in order among each other.</summary>
    public string? KeyOf(Envelope message) =>
        KeyHeader is null ? null : message.Headers.GetValueOrDefault(KeyHeader) as string ?? (IsOrdered ? string.Empty : null);

    public static IEnumerable<Lane> Of(ConsumerRegistration registration)
    {
        var (queue, options) = (registration.Queue, registration.Options);
        var concurrency = Math.Max((ushort)1, options.Concurrency);
        var prefetch = (ushort)Math.Clamp(Math.Max(options.Prefetch, registration.LargestBatch), concurrency, ushort.MaxValue);
        if (queue.IsPartitioned)
        {
            foreach (var partition in queue.PartitionQueues)
            {
                yield return New(LaneKind.Partition, partition, concurrency, prefetch);
            }

            yield break;
        }

        yield return New(LaneKind.Work, queue.Name, concurrency, prefetch);
        if (queue.UrgentLane)
        {
            yield return New(LaneKind.Urgent, queue.UrgentQueue, concurrency, prefetch);
        }

        // What is in flight here must be what is being handled: the count of crashes rests on it.
        yield return New(LaneKind.Suspects, queue.SuspectsQueue, concurrency, concurrency);
        yield return New(LaneKind.Solo, queue.SoloQueue, 1, 1);

        Lane New(LaneKind kind, string name, ushort places, ushort unacked) => new(kind, name, places, unacked) { KeyHeader = registration.KeyHeader };
    }
}

/// <summary>The lanes of a queue, see <see cref="Retries.SuspectMessages"/>.</summary>
internal enum LaneKind
{
    /// <summary>The queue itself.</summary>
    Work,

    /// <summary>Requests of the highest priority, where the queue has a lane for them.</summary>
    Urgent,

    /// <summary>Messages that were in flight at a consumer that was lost.</summary>
    Suspects,

    /// <summary>Messages that were being handled when a consumer of the suspects' lane was lost: one at a time.</summary>
    Solo,

    /// <summary>A part of the keys of the queue, in place of all others.</summary>
    Partition,
}
