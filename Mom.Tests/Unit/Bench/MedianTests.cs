using Mom.Bench.Measuring;

namespace Mom.Tests.Unit.Bench;

[Trait("Group", "unit")]
public sealed class MedianTests
{
    [Theory]
    [InlineData(new[] { 5.0 }, 5)]
    [InlineData(new[] { 9.0, 1, 5 }, 5)]
    [InlineData(new[] { 9.0, 1, 5, 7 }, 6)]
    public void It_is_the_value_in_the_middle(double[] values, double expected) => Assert.Equal(expected, Median.Of(values));

    [Fact]
    public void One_slow_round_of_three_does_not_move_it() => Assert.Equal(100, Median.Of([101, 100, 3]));

    [Fact]
    public void There_is_none_of_nothing() => Assert.Throws<ArgumentException>(() => Median.Of([]));
}
