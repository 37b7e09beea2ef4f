using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>What the database holds, in figures.</summary>
/// <param name="Jobs">Jobs by state.</param>
/// <param name="DeadLetters">Dead letters by state.</param>
/// <param name="UnreadNotifications">Of all users.</param>
/// <param name="Outbox">Messages that wait to be sent.</param>
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
