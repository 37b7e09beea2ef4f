using Mom.Messaging.Topology;

namespace Mom.Messaging.Consuming;

/// <summary>One queue that this process consumes, with its handlers.</summary>
internal sealed record ConsumerRegistration(QueueDefinition Queue, ConsumerOptions Options)
{
    /// <summary>By message type; those of a batch are here too, for messages that must be handled alone.</summary>
    public Dictionary<Type, HandlerCall> Handlers { get; } = [];

    public Dictionary<Type, BatchRegistration> Batches { get; } = [];

    public int LargestBatch => Batches.Values.Select(batch => batch.MaxMessages).DefaultIfEmpty().Max();
}
