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

    public static IEnumerable<Lane> Of(ConsumerRegistration registration)
    {
        var (queue, options) = (registration.Queue, registration.Options);
        var concurrency = Math.Max((ushort)1, options.Concurrency);
        var prefetch = (ushort)Math.Clamp(Math.Max(options.Prefetch, registration.LargestBatch), concurrency, ushort.MaxValue);
        yield return new Lane(LaneKind.Work, queue.Name, concurrency, prefetch);
        if (queue.UrgentLane)
        {
            yield return new Lane(LaneKind.Urgent, queue.UrgentQueue, concurrency, prefetch);
        }

        // What is in flight here must be what is being handled: the count of crashes rests on it.
        yield return new Lane(LaneKind.Suspects, queue.SuspectsQueue, concurrency, concurrency);
        yield return new Lane(LaneKind.Solo, queue.SoloQueue, 1, 1);
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
}
