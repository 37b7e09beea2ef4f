using Mom.MathService;
using Mom.MathService.Arithmetic;

namespace Mom.Tests.Unit.MathService;

[Trait("Group", "unit")]
public sealed class NumberListTests
{
    [Theory]
    [InlineData("1,2,3", "1|2|3")]
    [InlineData("1, -2.50 ,+3", "1|-2.5|3")]
    [InlineData("42", "42")]
    public void A_comma_list_is_read(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', NumberList.Parse(text)));

    [Theory]
    [InlineData(null, "at least one number")]
    [InlineData("", "at least one number")]
    [InlineData("  ", "at least one number")]
    [InlineData(",", "Number 1, ''")]
    [InlineData("1,,2", "Number 2, ''")]
    [InlineData("1,2,", "Number 3, ''")]
    [InlineData("1,two", "Number 2, 'two'")]
    [InlineData("1;2", "Number 1, '1;2'")]
    [InlineData("1e5", "exponents are not supported")]
    public void What_cannot_be_read_is_named(string? text, string expected) => AssertRefused(text, expected);

    [Fact]
    public void Long_garbage_is_quoted_in_part() =>
        AssertRefused(new string('x', 500), $"'{new string('x', 40)}…'");

    [Fact]
    public void Limits_are_inclusive()
    {
        Assert.Equal(RequestLimits.Numbers, NumberList.Parse(Ones(RequestLimits.Numbers)).Count);
        Assert.Single(NumberList.Parse(new string('1', RequestLimits.NumberCharacters)));
    }

    [Fact]
    public void What_is_over_a_limit_is_refused_with_the_limit()
    {
        AssertRefused(Ones(RequestLimits.Numbers + 1), "at most 1000 ");
        AssertRefused(new string('1', RequestLimits.NumberCharacters + 1), "at most 10000 ");
        AssertRefused(new string('1', RequestLimits.ListCharacters + 1), "at most 32768 ");
    }

    private static string Ones(int count) => string.Join(',', Enumerable.Repeat('1', count));

    private static void AssertRefused(string? text, string expected)
    {
        var trouble = Assert.Throws<CalculationException>(() => NumberList.Parse(text));
        Assert.Equal(400, trouble.Status);
        Assert.Contains(expected, trouble.Message, StringComparison.Ordinal);
    }
}
