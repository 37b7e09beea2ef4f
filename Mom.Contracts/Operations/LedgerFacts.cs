using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>What the database says of the jobs that were accepted.</summary>
/// <param name="Jobs">All of them.</param>
/// <param name="Scheduled">Those that start later.</param>
/// <param name="Open">Those that are queued or running.</param>
/// <param name="OpenUntouchedSince">When the one of these was touched last of which nothing was heard for the longest time.</param>
/// <param name="SucceededWithoutResult">Jobs that count as succeeded although an operation has no result.</param>
/// <param name="EndedWithoutNotification">Jobs that succeeded or failed, and their user was not told.</param>
/// <param name="SucceededTwice">Jobs that succeeded more often than they were run.</param>
/// <param name="OutboxWaiting">Messages that are still to be sent.</param>
/// <param name="OutboxGivenUp">Messages that could not be sent.</param>
/// <param name="DeadLetters">Messages that could not be handled and wait for a decision.</param>
[Message("ledger.v1")]
public sealed record LedgerFacts(
    int Jobs,
    int Scheduled,
    int Open,
    DateTimeOffset? OpenUntouchedSince,
    int SucceededWithoutResult,
    int EndedWithoutNotification,
    int SucceededTwice,
    int OutboxWaiting,
    int OutboxGivenUp,
    int DeadLetters);
