namespace Mom.Bench.Servers;

/// <summary>How a queue is declared.</summary>
internal enum QueueKind
{
    /// <summary>Classic with ten priorities, as the engine's work queues are.</summary>
    Priorities,

    /// <summary>Classic without priorities.</summary>
    Plain,

    /// <summary>Quorum, as the engine's are with that option.</summary>
    Quorum,
}
