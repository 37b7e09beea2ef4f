using System.Numerics;
using Mom.MathService.Arithmetic;
using static Mom.Tests.Unit.MathService.Numbers;

namespace Mom.Tests.Unit.MathService;

[Trait("Group", "unit")]
public sealed class BigDecimalDivisionTests
{
    [Theory]
    [InlineData("6", "3", "2")]
    [InlineData("1", "8", "0.125")]
    [InlineData("-1", "8", "-0.125")]
    [InlineData("1", "-8", "-0.125")]
    [InlineData("0", "-7", "0")]
    [InlineData("0.3", "0.1", "3")]
    [InlineData("1", "1024", "0.0009765625")]
    [InlineData("1", "0.0001", "10000")]
    [InlineData("21", "60", "0.35")]
    public void A_quotient_that_ends_is_exact(string dividend, string divisor, string expected) =>
        Assert.Equal(expected, (Decimal(dividend) / Decimal(divisor)).ToString());

    [Theory]
    [InlineData("1", "3", "0.3333333333333333333333333333")]
    [InlineData("2", "3", "0.6666666666666666666666666667")]
    [InlineData("-2", "3", "-0.6666666666666666666666666667")]
    [InlineData("200", "3", "66.6666666666666666666666666667")]
    [InlineData("1", "30", "0.03333333333333333333333333333")]
    [InlineData("2", "-7000", "-0.0002857142857142857142857142857")]
    [InlineData("29", "30", "0.9666666666666666666666666667")]
    public void An_endless_quotient_is_rounded_to_28_digits(string dividend, string divisor, string expected) =>
        Assert.Equal(expected, (Decimal(dividend) / Decimal(divisor)).ToString());

    [Fact]
    public void A_tiny_quotient_never_becomes_zero()
    {
        var quotient = Decimal("1") / Decimal("3" + new string('0', 100));

        Assert.Equal("0." + new string('0', 100) + new string('3', 28), quotient.ToString());
    }

    [Fact]
    public void Dividing_a_product_by_a_factor_gives_the_other_factor()
    {
        var random = new Random(5);
        for (var i = 0; i < 1_000; i++)
        {
            var (a, b) = (RandomDecimal(random), RandomNonZero(random));
            Assert.Equal(a, a * b / b);
        }
    }

    [Fact]
    public void A_rounded_quotient_times_the_divisor_misses_the_dividend_by_half_a_unit_at_most()
    {
        var random = new Random(6);
        for (var i = 0; i < 1_000; i++)
        {
            var (a, b) = (RandomDecimal(random), RandomNonZero(random));
            var quotient = a / b;

            var halfUnit = new BigDecimal(5, quotient.Scale + 1);
            var miss = Absolute((quotient * b) - a);
            Assert.True(
                (Absolute(b * halfUnit) - miss).Unscaled.Sign >= 0,
                $"{a} / {b} gave {quotient}, which is not the nearest number of that many digits.");
        }
    }

    [Fact]
    public void A_quotient_has_at_least_28_digits_unless_it_is_exact()
    {
        var random = new Random(7);
        for (var i = 0; i < 1_000; i++)
        {
            var (a, b) = (RandomNonZero(random), RandomNonZero(random));
            var quotient = a / b;
            var digits = BigInteger.Abs(quotient.Unscaled).ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
            // A trailing zero or two may have been dropped by chance.
            Assert.True(quotient * b == a || digits >= 24, $"{a} / {b} kept only {digits} digits: {quotient}.");
        }
    }

    [Fact]
    public void Division_by_zero_throws() =>
        Assert.Throws<DivideByZeroException>(() => Decimal("1") / Decimal("0.0"));

    private static BigDecimal Absolute(BigDecimal value) => value.Unscaled.Sign < 0 ? -value : value;
}
