using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>What the database holds, in figures.</summary>
[Message("overview.get.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record GetOverview() : IRequest<Overview>;

/// <summary>What the database holds, in figures.</summary>
/// <param name="Jobs">Jobs by state; 10,000 means so many or more.</param>
/// <param name="DeadLetters">Dead letters by state.</param>
/// <param name="UnreadNotifications">Of all users; 10,000 means so many or more.</param>
/// <param name="Outbox">Messages that wait to be sent; 10,000 means so many or more.</param>
/// <param name="OldestOpenJob">When the oldest job was made that is queued or running.</param>
/// <param name="OpenOperations">Replays and discards that are under way.</param>
[Message("overview.v1")]
public sealed record Overview(
    IReadOnlyDictionary<string, int> Jobs,
    IReadOnlyDictionary<string, int> DeadLetters,
    int Users,
    int UnreadNotifications,
    int Outbox,
    DateTimeOffset? OldestOpenJob,
    int OpenOperations);

/// <summary>The whole system at a glance. Parts that are unavailable are missing, and <paramref name="Problems"/> says why.</summary>
/// <param name="Database">What the database holds.</param>
/// <param name="Queues">The work queues.</param>
/// <param name="Workers">The worker processes that are alive.</param>
/// <param name="Problems">One sentence for each part that is missing.</param>
/// <param name="Alarms">A sentence for each alarm of the broker, during which it takes no messages; <see langword="null"/> when that is unknown.</param>
public sealed record SystemOverview(
    Overview? Database,
    IReadOnlyList<QueueStatus>? Queues,
    IReadOnlyList<WorkerStatus>? Workers,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string>? Alarms = null);
