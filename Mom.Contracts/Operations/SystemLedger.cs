namespace Mom.Contracts.Operations;

/// <summary>Whether anything that was accepted is lost, doubled or stuck, as far as the system can see it itself.</summary>
/// <param name="Balances">Whether there are no findings.</param>
/// <param name="Database">What the database says.</param>
/// <param name="UnderWay">Messages of jobs that are on the way: in the outbox, in a work queue, in hand, or waiting for their next attempt.</param>
/// <param name="Findings">A sentence for each thing that is wrong.</param>
public sealed record SystemLedger(bool Balances, LedgerFacts Database, long UnderWay, IReadOnlyList<string> Findings);
