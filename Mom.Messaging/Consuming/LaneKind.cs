namespace Mom.Messaging.Consuming;

/// <summary>The lanes of a queue, see <see cref="Retries.SuspectMessages"/>.</summary>
internal enum LaneKind
{
    /// <summary>The queue itself.</summary>
    Work,

    /// <summary>Requests of the highest priority, where the queue has a lane for them.</summary>
    Urgent,

    /// <summary>Messages that were in the hands of a consumer that went away.</summary>
    Suspects,

    /// <summary>Messages that were being handled when a consumer of the suspects' lane went away: one at a time.</summary>
    Solo,
}
