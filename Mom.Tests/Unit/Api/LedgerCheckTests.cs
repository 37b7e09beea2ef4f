using Mom.Api.Admin.Ledger;
using Mom.Contracts;
using Mom.Contracts.Operations;

namespace Mom.Tests.Unit.Api;

[Trait("Group", "unit")]
public sealed class LedgerCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly LedgerFacts Fine = new(10, 1, 2, Now.AddHours(-1), 0, 0, 0, 0, 0, 0);

    [Fact]
    public void What_is_open_and_under_way_is_no_finding()
    {
        Assert.True(Check(Fine, Queue(MomQueues.MathSteps, ready: 1)).Balances);
        Assert.True(Check(Fine, Queue(MomQueues.MathSteps, retrying: 1)).Balances);
        Assert.True(Check(Fine with { OutboxWaiting = 1 }).Balances);
        Assert.True(Check(Fine with { OpenUntouchedSince = Now.AddSeconds(-5) }).Balances);
        Assert.True(Check(Fine with { Open = 0, OpenUntouchedSince = null }).Balances);
    }

    [Fact]
    public void What_is_open_with_nothing_under_way_is_stuck_and_a_query_does_not_count()
    {
        var ledger = Check(Fine, Queue(MomQueues.DbQueries, ready: 3));

        Assert.Equal((false, 0), (ledger.Balances, ledger.UnderWay));
        Assert.StartsWith("2 jobs are open and nothing is under way", Assert.Single(ledger.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_a_finding_of_its_own()
    {
        var wrong = new LedgerFacts(10, 0, 0, null, SucceededWithoutResult: 1, EndedWithoutNotification: 2, SucceededTwice: 3, OutboxWaiting: 0, OutboxGivenUp: 4, DeadLetters: 5);

        var ledger = Check(wrong, Queue(MomQueues.MathSteps, dead: 6));

        Assert.False(ledger.Balances);
        Assert.Equal(["1", "2", "3", "4", "11"], ledger.Findings.Select(finding => finding.Split(' ')[0]));
    }

    private static SystemLedger Check(LedgerFacts facts, params QueueStatus[] queues) => LedgerCheck.Of(facts, queues, Now);

    private static QueueStatus Queue(string name, long ready = 0, long retrying = 0, long dead = 0) =>
        new(name, ready, 0, 1, 0, 0, 0, retrying, [], [], dead, Paused: false);
}
