namespace Mom.Messaging.Topology;

/// <summary>What a service does about the topology on each new connection.</summary>
public enum TopologyMode
{
    /// <summary>It declares the whole of it, so that no start order matters. Its broker user needs <c>configure</c> on every exchange and queue.</summary>
    Declare,

    /// <summary>
    /// It waits until another service has declared it, also after the broker has lost its disk. Its broker user needs <c>configure</c> on its own
    /// reply queues alone.
    /// </summary>
    Await,
}
