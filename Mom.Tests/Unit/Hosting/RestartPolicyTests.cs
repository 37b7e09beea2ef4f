using Microsoft.Extensions.Time.Testing;
using Mom.Hosting.Restarts;

namespace Mom.Tests.Unit.Hosting;

[Trait("Group", "unit")]
public sealed class RestartPolicyTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Waits_twice_as_long_each_time_up_to_the_longest()
    {
        var policy = Policy(new() { FirstDelay = TimeSpan.FromSeconds(1), LongestDelay = TimeSpan.FromSeconds(5), MaximumTries = 1000 });

        Assert.Equal([1, 2, 4, 5, 5], Enumerable.Range(0, 5).Select(_ => policy.Ended(TimeSpan.Zero)!.Value.Delay.TotalSeconds));
    }

    [Fact]
    public void A_thousand_ends_do_not_overflow()
    {
        var options = new RestartOptions { MaximumTries = 10_000 };
        var policy = Policy(options);

        Assert.Equal(options.LongestDelay, Enumerable.Range(0, 2000).Select(_ => policy.Ended(TimeSpan.Zero)!.Value.Delay).ToList()[^1]);
    }

    [Fact]
    public void Gives_up_at_the_end_that_follows_the_last_try()
    {
        var policy = Policy(new() { MaximumTries = 3 });

        Assert.Equal([1, 2, 3, null, null], Enumerable.Range(0, 5).Select(_ => policy.Ended(TimeSpan.Zero)?.Try));
    }

    [Fact]
    public void A_try_that_is_longer_ago_than_the_window_counts_no_more_and_the_waits_grow_on()
    {
        var policy = Policy(new() { MaximumTries = 2, Window = TimeSpan.FromMinutes(2) });
        policy.Ended(TimeSpan.Zero);
        policy.Ended(TimeSpan.Zero);
        _time.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromTicks(1));

        Assert.Equal((TimeSpan.FromSeconds(2), 1), policy.Ended(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_stable_run_makes_the_next_end_the_first()
    {
        var policy = Policy(new() { MaximumTries = 2, StableAfter = Long });
        policy.Ended(TimeSpan.Zero);
        policy.Ended(TimeSpan.Zero);

        Assert.Equal((TimeSpan.FromMilliseconds(500), 1), policy.Ended(Long));
    }

    [Fact]
    public void A_reset_begins_anew()
    {
        var policy = Policy(new() { MaximumTries = 1 });
        policy.Ended(TimeSpan.Zero);
        Assert.Null(policy.Ended(TimeSpan.Zero));

        policy.Reset();

        Assert.Equal((TimeSpan.FromMilliseconds(500), 1), policy.Ended(TimeSpan.Zero));
    }

    private RestartPolicy Policy(RestartOptions options) => new(options, _time);
}
