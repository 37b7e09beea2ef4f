using Mom.Messaging.Topology;

namespace Mom.Messaging.Consuming;

/// <summary>One queue that this process consumes, with its handlers.</summary>
internal sealed record ConsumerRegistration(QueueDefinition Queue, ConsumerOptions Options)
{
    public Dictionary<Type, HandlerCall> Handlers { get; } = [];
}
