namespace Mom.Messaging.Topology;

/// <summary>The broker's queue types. Changing it needs the queues deleted and declared again.</summary>
public enum QueueType
{
    /// <summary>Classic queue with <c>x-max-priority</c> 10. One copy, on one node.</summary>
    Classic,

    /// <summary>Quorum queue, replicated over the cluster. Priorities need RabbitMQ 4.3; before it there are none, or two.</summary>
    Quorum,
}
