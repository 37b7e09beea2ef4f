using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>Whether what the database holds fits together.</summary>
[Message("ledger.get.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record GetLedger() : IRequest<LedgerFacts>;

/// <summary>What the database says of the jobs that were accepted.</summary>
/// <param name="Jobs">All of them.</param>
/// <param name="Scheduled">Those that start later.</param>
/// <param name="Open">Those that are queued or running.</param>
/// <param name="OpenUntouchedSince">When the one of these was touched last that made no progress for the longest time.</param>
/// <param name="SucceededWithoutResult">Jobs that count as succeeded although an operation has no result.</param>
/// <param name="EndedWithoutNotification">Jobs that succeeded or failed, and their user was not told.</param>
/// <param name="SucceededTwice">Jobs that succeeded more often than they were run.</param>
/// <param name="OutboxWaiting">Messages that are still to be sent.</param>
/// <param name="OutboxGivenUp">Messages that could not be sent.</param>
/// <param name="DeadLetters">Messages that could not be handled and wait for a decision.</param>
/// <param name="OutboxSince">When the oldest message was added that is still to be sent; <see langword="null"/> when there is none.</param>
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
    int DeadLetters,
    DateTimeOffset? OutboxSince = null);

/// <summary>Whether anything that was accepted is lost, doubled or stuck, as far as the system can see it itself.</summary>
/// <param name="Balances">Whether there are no findings.</param>
/// <param name="Database">What the database says.</param>
/// <param name="UnderWay">Messages of jobs that are on the way: in the outbox, in a work queue, at a worker, or waiting for their next attempt.</param>
/// <param name="Findings">A sentence for each thing that is wrong.</param>
public sealed record SystemLedger(bool Balances, LedgerFacts Database, long UnderWay, IReadOnlyList<string> Findings);
