using Mom.Panel.Jobs;

namespace Mom.Tests.Unit.Panel;

[Trait("Group", "unit")]
public sealed class NumberListTests
{
    [Theory]
    [InlineData("1", "add")]
    [InlineData("1,2, 3 ", "add")]
    [InlineData("-1, +2.50, 123456789012345678901234567890", "divide")]
    [InlineData("12, 3.0", "factors")]
    public void Numbers_are_taken(string list, string method) => Assert.Null(NumberList.Check(list, method));

    [Theory]
    [InlineData("", "add", "at least one")]
    [InlineData("  ", "add", "at least one")]
    [InlineData("1,,2", "add", "missing")]
    [InlineData("1,2,", "add", "missing")]
    [InlineData("1;2", "add", "“1;2” is not a number")]
    [InlineData("1e5", "add", "not a number")]
    [InlineData("1.", "add", "not a number")]
    [InlineData("-", "add", "not a number")]
    [InlineData("٣", "add", "not a number")]
    [InlineData("1.5", "factors", "whole numbers")]
    public void Anything_else_is_refused_with_a_reason(string list, string method, string reason) =>
        Assert.Contains(reason, NumberList.Check(list, method), StringComparison.Ordinal);

    [Fact]
    public void Limits_are_those_of_the_api()
    {
        Assert.NotNull(NumberList.Check(string.Join(',', Enumerable.Repeat("1", 101)), "add"));
        Assert.NotNull(NumberList.Check(new string('1', 1001), "add"));
        Assert.NotNull(NumberList.Check(string.Join(',', Enumerable.Repeat(new string('1', 1000), 6)), "add"));
    }
}
