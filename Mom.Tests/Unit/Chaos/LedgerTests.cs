using Mom.Chaos.Bookkeeping;

namespace Mom.Tests.Unit.Chaos;

[Trait("Group", "unit")]
public sealed class LedgerTests
{
    private const string Ann = "ann@example.org";
    private static readonly Guid Id = Guid.NewGuid();
    private static readonly JobClaim Promised = new(7, Ann, ["3", "4"], IsAcknowledged: true, Id);
    private static readonly JobClaim Unanswered = Promised with { IsAcknowledged = false, JobId = null };
    private static readonly JobFact Done = new(Id, 7, Ann, "succeeded", ["3", "4"], Notifications: 1);
    private static readonly Remains Nothing = new(0, 0, 0, 0, 0);

    [Fact]
    public void A_promise_that_was_kept_passes()
    {
        var ledger = Close(Promised, [Done]);
        Assert.Equal(new Count(1, 1, 1, 0, 0, 0, 0), ledger.Jobs);
        Assert.Equal((true, 0), (ledger.Passes, ledger.ExitCode));
    }

    [Fact]
    public void A_promised_job_that_is_not_there_is_lost() => Fails(Close(Promised, []), new(1, 1, 0, 1, 0, 0, 0));

    [Fact]
    public void A_promised_job_that_did_not_end_is_lost() =>
        Fails(Close(Promised, [Done with { Status = "running", Results = ["3", null], Notifications = 0 }]), new(1, 1, 0, 1, 0, 0, 0));

    [Fact]
    public void A_second_notification_is_a_duplicated_effect() =>
        Fails(Close(Promised, [Done with { Notifications = 2 }]), new(1, 1, 1, 0, 1, 0, 0));

    [Fact]
    public void A_second_job_is_a_duplicated_effect() =>
        Fails(Close(Promised, [Done, Done with { Id = Guid.NewGuid() }]), new(1, 1, 1, 0, 1, 0, 0));

    [Fact]
    public void A_wrong_result_is_unexpected() =>
        Fails(Close(Promised, [Done with { Results = ["3", "5"] }]), new(1, 1, 0, 0, 0, 0, 1));

    [Fact]
    public void A_job_without_its_notification_is_unexpected() =>
        Fails(Close(Promised, [Done with { Notifications = 0 }]), new(1, 1, 0, 0, 0, 0, 1));

    [Theory]
    [InlineData("queued")]
    [InlineData("running")]
    [InlineData("scheduled")]
    public void A_job_that_was_begun_without_a_promise_and_never_ended_is_lost_too(string status) =>
        Fails(Close(Unanswered, [Done with { Status = status, Notifications = 0 }]), new(1, 0, 0, 1, 0, 0, 0));

    [Fact]
    public void A_job_of_somebody_else_or_under_another_id_or_with_another_end_is_unexpected()
    {
        foreach (var wrong in new[] { Done with { Owner = "bob@example.org" }, Done with { Id = Guid.NewGuid() }, Done with { Status = "failed" }, Done with { Status = "cancelled" } })
        {
            Fails(Close(Promised, [wrong]), new(1, 1, 0, 0, 0, 0, 1));
        }
    }

    [Fact]
    public void A_job_that_nobody_asked_for_is_unexpected() =>
        Fails(Close(Promised, [Done, Done with { Marker = 8 }]), new(1, 1, 1, 0, 0, 0, 1));

    [Fact]
    public void What_got_no_answer_may_be_there_or_not()
    {
        Assert.Equal(new Count(1, 0, 0, 0, 0, 1, 0), Close(Unanswered, [Done]).Jobs);
        var absent = Close(Unanswered, []);
        Assert.Equal(new Count(1, 0, 0, 0, 0, 0, 0), absent.Jobs);
        Assert.True(absent.Passes, "what was not promised may be missing");
    }

    [Theory]
    [InlineData(1, 0, 0, 0, 0)]
    [InlineData(0, 1, 0, 0, 0)]
    [InlineData(0, 0, 1, 0, 0)]
    [InlineData(0, 0, 0, 1, 0)]
    [InlineData(0, 0, 0, 0, 1)]
    public void What_is_left_over_fails(long outbox, long dead, long ready, long unacked, long letters) =>
        AssertFails(Close(Promised, [Done], new Remains(outbox, dead, ready, unacked, letters)));

    [Fact]
    public void A_registration_that_was_promised_and_is_not_there_is_lost()
    {
        var ledger = LedgerBook.Close([], [new UserClaim(Ann, IsAcknowledged: true)], [], new Facts([], new Dictionary<string, int>(), [], Nothing));
        Assert.Equal(1, ledger.Users.Lost);
        AssertFails(ledger);
    }

    [Fact]
    public void Somebody_who_is_registered_twice_is_a_duplicated_effect()
    {
        var ledger = LedgerBook.Close([], [new UserClaim(Ann, IsAcknowledged: true)], [], new Facts([], new Dictionary<string, int> { [Ann] = 2 }, [], Nothing));
        Assert.Equal(1, ledger.Users.Duplicated);
        AssertFails(ledger);
    }

    [Fact]
    public void A_fault_that_went_wrong_itself_is_unexpected()
    {
        var ledger = LedgerBook.Close([Promised], [], [new("good", null), new("bad", "it threw")], new Facts([Done], new Dictionary<string, int>(), [], Nothing));
        Assert.Equal(new Count(2, 1, 1, 0, 0, 0, 1), ledger.Faults);
        Assert.Contains("bad", Assert.Single(ledger.Findings), StringComparison.Ordinal);
        AssertFails(ledger);
    }

    [Fact]
    public void A_push_to_somebody_else_fails() =>
        AssertFails(LedgerBook.Close([Promised], [], [], new Facts([Done], new Dictionary<string, int>(), [new PushFact("bob@example.org", 7, IsEnd: true)], Nothing)));

    private static Ledger Close(JobClaim claim, IReadOnlyList<JobFact> facts, Remains? remains = null) =>
        LedgerBook.Close([claim], [], [], new Facts(facts, new Dictionary<string, int>(), [], remains ?? Nothing));

    // What scripts see is the exit code.
    private static void AssertFails(Ledger ledger) => Assert.Equal((false, 1), (ledger.Passes, ledger.ExitCode));

    private static void Fails(Ledger ledger, Count count)
    {
        Assert.Equal(count, ledger.Jobs);
        AssertFails(ledger);
    }
}
