using Mom.MathService.Arithmetic;
using static Mom.MathService.Arithmetic.BasicOperations;
using static Mom.Tests.Unit.MathService.Numbers;

namespace Mom.Tests.Unit.MathService;

[Trait("Group", "unit")]
public sealed class BasicOperationsTests
{
    [Fact]
    public void Each_operation_goes_from_left_to_right()
    {
        Assert.Equal("6", Add(Decimals("1", "2", "3")).ToString());
        Assert.Equal("5", Subtract(Decimals("10", "2", "3")).ToString());
        Assert.Equal("24", Multiply(Decimals("2", "3", "4")).ToString());
        Assert.Equal("5", Divide(Decimals("100", "5", "4")).ToString());
    }

    [Fact]
    public void One_number_alone_is_its_own_result()
    {
        Assert.All([Add, Subtract, Multiply, Divide], (Func<IReadOnlyList<BigDecimal>, BigDecimal> operation) =>
            Assert.Equal("-1.5", operation(Decimals("-1.5")).ToString()));
    }

    [Fact]
    public void A_chain_of_divisions_is_rounded_once_at_the_end()
    {
        var random = new Random(10);
        for (var i = 0; i < 300; i++)
        {
            var (a, b, c) = (RandomDecimal(random), RandomNonZero(random), RandomNonZero(random));
            Assert.Equal(a / (b * c), Divide([a, b, c]));
        }
    }

    [Theory]
    [InlineData("1,0", 2)]
    [InlineData("1,2,-0.00", 3)]
    [InlineData("0,0", 2)]
    public void A_zero_divisor_is_the_fault_of_the_question(string numbers, int position)
    {
        var trouble = Assert.Throws<CalculationException>(() => Divide(NumberList.Parse(numbers)));

        Assert.Equal(400, trouble.Status);
        Assert.Contains($"Number {position} ", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_lists_allowed_are_calculated_exactly()
    {
        var nines = new string('9', Mom.MathService.RequestLimits.NumberCharacters);
        var tenToTheMany = Decimal("1" + new string('0', nines.Length));

        Assert.Equal(tenToTheMany, Add(Decimals(nines, "1")));
        Assert.Equal((tenToTheMany * tenToTheMany) - (tenToTheMany * Decimal("2")) + Decimal("1"), Multiply(Decimals(nines, nines)));
    }
}
