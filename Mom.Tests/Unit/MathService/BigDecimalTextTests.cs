using System.Globalization;
using Mom.MathService.Arithmetic;
using static Mom.Tests.Unit.MathService.Numbers;

namespace Mom.Tests.Unit.MathService;

[Trait("Group", "unit")]
public sealed class BigDecimalTextTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.00", "0")]
    [InlineData("007", "7")]
    [InlineData("+7", "7")]
    [InlineData("1.50", "1.5")]
    [InlineData("5.000", "5")]
    [InlineData("-0.25", "-0.25")]
    [InlineData("0.001", "0.001")]
    [InlineData("100", "100")]
    [InlineData("123456789012345678901234567890.000000000000000000000000000000000001", "123456789012345678901234567890.000000000000000000000000000000000001")]
    public void A_number_is_written_back_in_its_shortest_form(string text, string expected) =>
        Assert.Equal(expected, Decimal(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("-")]
    [InlineData("+-1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1e5")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("NaN")]
    [InlineData("∞")]
    [InlineData("٣")]
    [InlineData("1.5-")]
    public void What_is_not_a_plain_number_is_refused(string text) =>
        Assert.False(BigDecimal.TryParse(text, out _));

    [Fact]
    public void Numbers_of_equal_value_are_equal_however_they_came_about()
    {
        Assert.Equal(Decimal("1.5"), Decimal("1.500"));
        Assert.Equal(Decimal("2"), Decimal("1.5") + Decimal("0.5"));
        Assert.Equal(default, Decimal("1.5") - Decimal("1.5"));
        Assert.Equal(Decimal("1"), Decimal("0.5") * Decimal("2"));
    }

    [Fact]
    public void Any_number_survives_being_written_and_read()
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var number = RandomDecimal(random);
            Assert.Equal(number, Decimal(number.ToString()));
        }
    }

    [Fact]
    public void Integers_are_written_as_BigInteger_writes_them()
    {
        var random = new Random(2);
        for (var i = 0; i < 2_000; i++)
        {
            var integer = RandomInteger(random);
            Assert.Equal(integer.ToString(CultureInfo.InvariantCulture), new BigDecimal(integer).ToString());
        }
    }
}
