using CsCheck;
using Mom.Messaging.Delays;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class DelayLevelsTests
{
    [Fact]
    public void The_waits_of_a_delay_add_up_to_it() => Gen.Int[1, (1 << DelayLevels.Count) - 1].Sample(seconds =>
    {
        var digits = DelayLevels.RoutingKey(seconds, "q.test").Split('.').Take(DelayLevels.Count).ToList();
        var waits = Enumerable.Range(0, DelayLevels.Count)
            .Where(level => string.Equals(digits[DelayLevels.Count - 1 - level], "1", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(seconds, waits.Sum(level => DelayLevels.Wait(level).TotalSeconds));
        Assert.Equal(DelayLevels.Entry(seconds), waits.Max());
    });

    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 2)]
    [InlineData(60, 5)]
    [InlineData(86_400, 16)]
    public void A_delay_enters_at_its_highest_digit(int seconds, int level) => Assert.Equal(level, DelayLevels.Entry(seconds));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1_000, 1)]
    [InlineData(1_001, 2)]
    public void A_delay_is_rounded_up_to_seconds(int milliseconds, int seconds) =>
        Assert.Equal(seconds, DelayLevels.Seconds(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void A_delay_has_bounds()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DelayLevels.Seconds(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => DelayLevels.Seconds(DelayLevels.Longest + TimeSpan.FromSeconds(1)));
        Assert.Equal((1 << 28) - 1, DelayLevels.Seconds(DelayLevels.Longest));
    }

    [Fact]
    public void Routing_keys_stay_below_the_255_bytes_of_the_protocol() =>
        Assert.True(DelayLevels.RoutingKey(1, new string('q', 190)).Length <= 255);
}
