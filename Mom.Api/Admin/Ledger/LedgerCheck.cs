using System.Globalization;
using Mom.Contracts;
using Mom.Contracts.Operations;

namespace Mom.Api.Admin.Ledger;

/// <summary>Compares what the database says of the jobs with what the broker holds.</summary>
internal static class LedgerCheck
{
    // The broker's figures lag by seconds, and a message changes hands between two of them.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static SystemLedger Of(LedgerFacts facts, IReadOnlyList<QueueStatus> queues, DateTimeOffset now)
    {
        // Queries change nothing; the one that asked for this ledger is among them.
        var work = queues.Where(queue => !string.Equals(queue.Name, MomQueues.DbQueries, StringComparison.Ordinal)).ToList();
        var underWay = facts.OutboxWaiting + work.Sum(queue => queue.Ready + queue.Unacked + queue.Retrying + queue.Others.Sum(other => other.Messages));
        var dead = facts.DeadLetters + work.Sum(queue => queue.Dead);
        var findings = new List<string>();
        Note(facts.SucceededWithoutResult, "jobs count as succeeded although an operation has no result");
        Note(facts.EndedWithoutNotification, "jobs have ended and their user was not told");
        Note(facts.SucceededTwice, "jobs succeeded more often than they were run: an effect happened twice");
        Note(facts.OutboxGivenUp, "messages could not be sent and stay in the outbox");
        Note(dead, "messages could not be handled and wait for a decision: see /admin/dead-letters");
        if (facts.Open > 0 && underWay == 0 && now - facts.OpenUntouchedSince > Patience)
        {
            Note(facts.Open, "jobs are open and nothing is under way for them: the reconciler queues them again, POST /admin/reconcile at once");
        }

        return new SystemLedger(findings.Count == 0, facts, underWay, findings);

        void Note(long count, string what)
        {
            if (count > 0)
            {
                findings.Add(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}."));
            }
        }
    }
}
