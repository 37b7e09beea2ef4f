using Mom.MathService.Arithmetic;
using static Mom.Tests.Unit.MathService.Numbers;

namespace Mom.Tests.Unit.MathService;

/// <summary>Decimals of any size are a commutative ring: the laws hold exactly, not nearly.</summary>
[Trait("Group", "unit")]
public sealed class BigDecimalLawTests
{
    private static readonly BigDecimal Zero = Decimal("0");
    private static readonly BigDecimal One = Decimal("1");

    [Fact]
    public void Addition_is_commutative_and_associative_with_zero_and_opposites() => ForRandomNumbers((a, b, c) =>
    {
        Assert.Equal(a + b, b + a);
        Assert.Equal(a + (b + c), a + b + c);
        Assert.Equal(a, a + Zero);
        Assert.Equal(Zero, a + -a);
        Assert.Equal(a, a + b - b);
    });

    [Fact]
    public void Multiplication_is_commutative_and_associative_with_one_and_zero() => ForRandomNumbers((a, b, c) =>
    {
        Assert.Equal(a * b, b * a);
        Assert.Equal(a * (b * c), a * b * c);
        Assert.Equal(a, a * One);
        Assert.Equal(Zero, a * Zero);
    });

    [Fact]
    public void Multiplication_distributes_over_addition() => ForRandomNumbers((a, b, c) =>
        Assert.Equal((a * b) + (a * c), a * (b + c)));

    [Fact]
    public void On_integers_it_agrees_with_BigInteger()
    {
        var random = new Random(4);
        for (var i = 0; i < 2_000; i++)
        {
            var (a, b) = (RandomInteger(random), RandomInteger(random));
            Assert.Equal(new(a + b), new BigDecimal(a) + new BigDecimal(b));
            Assert.Equal(new(a - b), new BigDecimal(a) - new BigDecimal(b));
            Assert.Equal(new(a * b), new BigDecimal(a) * new BigDecimal(b));
        }
    }

    private static void ForRandomNumbers(Action<BigDecimal, BigDecimal, BigDecimal> check)
    {
        var random = new Random(3);
        for (var i = 0; i < 1_000; i++)
            check(RandomDecimal(random), RandomDecimal(random), RandomDecimal(random));
    }
}
