using System.Globalization;

namespace Mom.Messaging.Topology;

/// <summary>A durable work queue with its retry tiers and its dead-letter queue.</summary>
/// <param name="Name">The queue's name, also its routing key in the command exchange: dots part its words, and none of them is <c>*</c> or <c>#</c>.</param>
public sealed record QueueDefinition(string Name)
{
    /// <summary>Patterns with which the queue is bound to the event exchange, such as <c>job.*</c>; none for a command queue.</summary>
    public IReadOnlyList<string> EventPatterns { get; init; } = [];

    /// <summary>
    /// How long a failed message waits before each further attempt. The number of entries is the number of retries: a message
    /// is handled at most <c>RetryDelays.Count + 1</c> times. Empty for a queue whose messages are not worth a retry.
    /// </summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } = [];

    /// <summary>
    /// The type of this queue and its dead-letter queue; by default that of the topology. Its retry tiers are quorum queues in any case: only
    /// those keep a message until the queue that it expires into has confirmed it.
    /// </summary>
    public QueueType? Type { get; init; }

    /// <summary>What the queue holds at most; <see langword="null"/> for no limit.</summary>
    public QueueLimits? Limits { get; init; }

    /// <summary>
    /// Whether requests of priority 10 go to a queue of their own, with consumers of its own. A broker that orders one queue
    /// strictly by priority hands out nothing else as long as there is a request: with the lane, ordinary messages progress
    /// however many requests there are.
    /// </summary>
    public bool UrgentLane { get; init; }

    /// <summary>
    /// In how many queues the messages are kept, 1 to <see cref="Partition.Most"/>, by their keys (<see cref="IPartitioned"/>); 0, the default, for one queue that
    /// knows no keys. Each partition has one active consumer, whatever the number of processes, so that the messages of one key are handled one after another
    /// and in order. A message that fails is tried again where it is, and the later ones of its key wait. There are no priorities, no
    /// <see cref="EventPatterns"/> and no <see cref="UrgentLane"/>; <see cref="RetryDelays"/> are 5 minutes at most together, and <see cref="Limits"/> those of
    /// each partition. Another number of partitions gives the keys other places: change it when the queue is empty.
    /// </summary>
    public int Partitions { get; init; }

    /// <summary>Whether it has <see cref="Partitions"/>.</summary>
    public bool IsPartitioned => Partitions > 0;

    /// <summary>Where messages are kept when there are <see cref="Partitions"/>.</summary>
    public IReadOnlyList<string> PartitionQueues => [.. Enumerable.Range(0, Partitions).Select(PartitionQueue)];

    /// <summary>
    /// The queues that the consumers of a queue with <see cref="Partitions"/> need for themselves; each has one message at most. One is empty, and says by the number
    /// of its consumers how many processes there are (<see cref="MembersQueue"/>); the others say of each partition which message was begun alone
    /// after a consumer had been lost, and how often (<see cref="MarkOf"/>).
    /// </summary>
    public IReadOnlyList<string> SupportQueues => IsPartitioned ? [MembersQueue, .. PartitionQueues.Select(MarkOf)] : [];

    /// <summary>The one of <see cref="SupportQueues"/> that is consumed with each partition, by each process.</summary>
    public string MembersQueue => $"{Name}.members";

    /// <summary>Where requests of priority 10 go when there is an <see cref="UrgentLane"/>.</summary>
    public string UrgentQueue => $"{Name}.urgent";

    /// <summary>Where messages are handled that were in flight at a consumer that was lost.</summary>
    public string SuspectsQueue => $"{Name}.suspects";

    /// <summary>Where messages are handled one at a time, each of which may be the one that takes its consumers down.</summary>
    public string SoloQueue => $"{Name}.solo";

    /// <summary>All queues from which the messages of this one are handled.</summary>
    public IReadOnlyList<string> WorkQueues =>
        IsPartitioned ? PartitionQueues : UrgentLane ? [Name, UrgentQueue, SuspectsQueue, SoloQueue] : [Name, SuspectsQueue, SoloQueue];

    /// <summary>The routing keys with which a message is sent to it. With <see cref="Partitions"/>, its name leads to the first of them.</summary>
    public IReadOnlyList<string> RoutingKeys => [Name, .. PartitionQueues];

    /// <summary>Where messages go that cannot be handled.</summary>
    public string DeadLetterQueue => $"{Name}.dead";

    /// <summary>Where failed messages wait; nowhere else than in their own queue when there are <see cref="Partitions"/>.</summary>
    public IReadOnlyList<string> RetryQueues => IsPartitioned ? [] : [.. Enumerable.Range(1, RetryDelays.Count).Select(RetryQueue)];

    /// <summary>
    /// Where a message waits before its attempt number <paramref name="retry"/> + 1; <paramref name="retry"/> starts at 1. The tiers of earlier
    /// versions, without a version or with <c>.v2</c>, expire into an exchange of another name, and the arguments of a queue cannot be changed.
    /// What is in them still arrives as long as that exchange exists.
    /// </summary>
    public string RetryQueue(int retry) => $"{Name}.retry.{retry}.v3";

    /// <summary>The queue of a partition, from 0.</summary>
    public string PartitionQueue(int partition) => string.Create(CultureInfo.InvariantCulture, $"{Name}.p{partition}");

    /// <summary>The one of <see cref="SupportQueues"/> that belongs to a partition's queue.</summary>
    public static string MarkOf(string partitionQueue) => $"{partitionQueue}.suspect";
}
