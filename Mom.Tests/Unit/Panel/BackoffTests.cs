using Mom.Panel.Live;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class BackoffTests
{
    [Fact]
    public void Each_wait_is_longer_up_to_the_limit()
    {
        var waits = Enumerable.Range(0, 40).Select(failures => Backoff.Delay(failures, random: 1)).ToList();

        Assert.Equal(waits.Order(), waits);
        Assert.Equal(TimeSpan.FromMilliseconds(250), waits[0]);
        Assert.Equal(Backoff.Limit, waits[^1]);
    }

    [Fact]
    public void A_wait_is_spread_over_its_upper_half() =>
        Assert.Equal(Backoff.Delay(3, random: 1) / 2, Backoff.Delay(3, random: 0));
}
