using Mom.Panel.Figures;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class AmountTests
{
    [Theory]
    [InlineData(0, "0 jobs")]
    [InlineData(1, "1 job")]
    [InlineData(9_999, "9,999 jobs")]
    [InlineData(10_000, "10,000+ jobs")]
    public void A_count_at_its_limit_says_that_there_may_be_more(int count, string words) => Assert.Equal(words, Amount.Of(count, "job"));

    [Fact]
    public void So_does_a_sum_of_which_one_part_is_at_its_limit()
    {
        Assert.Equal("19,998", Amount.Of([9_999, 9_999]));
        Assert.Equal("10,003+", Amount.Of([3, 10_000]));
    }
}
