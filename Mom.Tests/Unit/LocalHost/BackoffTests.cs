using Mom.LocalHost.Processes;

namespace Mom.Tests.Unit.LocalHost;

[Trait("Group", "unit")]
public sealed class BackoffTests
{
    private static readonly BackoffOptions Options = new()
    {
        Initial = TimeSpan.FromSeconds(1),
        Cap = TimeSpan.FromSeconds(10),
        Factor = 3,
        StableAfter = TimeSpan.FromMinutes(1),
        FailedAfter = 4,
    };

    [Fact]
    public void Waits_longer_after_each_crash_up_to_the_cap()
    {
        var backoff = new Backoff(Options);
        var waits = Enumerable.Range(0, 5).Select(_ => backoff.Crashed(TimeSpan.FromSeconds(59)).TotalSeconds);
        Assert.Equal([1, 3, 9, 10, 10], waits);
    }

    [Fact]
    public void A_thousand_crashes_do_not_overflow()
    {
        var backoff = new Backoff(Options);
        var waits = Enumerable.Range(0, 2000).Select(_ => backoff.Crashed(TimeSpan.Zero)).ToList();
        Assert.Equal(Options.Cap, waits[^1]);
    }

    [Fact]
    public void A_stable_run_makes_the_next_crash_the_first()
    {
        var backoff = new Backoff(Options);
        backoff.Crashed(TimeSpan.Zero);
        backoff.Crashed(TimeSpan.Zero);
        Assert.Equal(Options.Initial, backoff.Crashed(Options.StableAfter));
        Assert.Equal(1, backoff.InARow);
    }

    [Fact]
    public void Has_failed_after_as_many_crashes_as_said()
    {
        var backoff = new Backoff(Options);
        var failed = Enumerable.Range(0, 5).Select(_ =>
        {
            backoff.Crashed(TimeSpan.Zero);
            return backoff.HasFailed;
        });
        Assert.Equal([false, false, false, true, true], failed);
    }

    [Fact]
    public void Killed_on_purpose_is_no_crash()
    {
        var backoff = new Backoff(Options);
        Assert.Equal([Options.Initial, Options.Initial], [backoff.Killed(), backoff.Killed()]);
        Assert.Equal(0, backoff.InARow);
    }
}
