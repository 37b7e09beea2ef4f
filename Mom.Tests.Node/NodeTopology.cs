using Mom.Messaging.Topology;

namespace Mom.Tests.Node;

/// <summary>Queues of the tests of the engine.</summary>
public static class NodeTopology
{
    public const string Work = "test.work";
    public const string Notes = "test.notes";
    public const string Events = "test.events";

    /// <summary>Three attempts, the second after 0.2 s and the third after 0.4 s.</summary>
    public static BrokerTopology Default { get; } = new("test.commands", "test.topics",
    [
        new(Work) { RetryDelays = [TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.4)] },
        new(Notes),
        new(Events) { EventPatterns = ["test.*"] },
    ]);

    /// <summary>The same on quorum queues.</summary>
    public static BrokerTopology Quorum { get; } = Default with { QueueType = QueueType.Quorum };

    /// <summary>The same with partitions.</summary>
    public static BrokerTopology Partitioned { get; } = Default with
    {
        Queues = [.. Default.Queues.Select(queue => string.Equals(queue.Name, Work, StringComparison.Ordinal) ? queue with { Partitions = 6 } : queue)],
    };

    /// <summary>The same with a lane for requests.</summary>
    public static BrokerTopology WithUrgentLane { get; } = Default with
    {
        Queues = [.. Default.Queues.Select(queue => string.Equals(queue.Name, Work, StringComparison.Ordinal) ? queue with { UrgentLane = true } : queue)],
    };
}
