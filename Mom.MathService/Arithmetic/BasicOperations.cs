namespace Mom.MathService.Arithmetic;

/// <summary>The four basic operations, each over any number of numbers, from left to right.</summary>
public static class BasicOperations
{
    public static void AddBasicOperations(this IServiceCollection services)
    {
        services.AddSingleton(Operation.Immediate("add", Add));
        services.AddSingleton(Operation.Immediate("subtract", Subtract));
        services.AddSingleton(Operation.Immediate("multiply", Multiply));
        services.AddSingleton(Operation.Immediate("divide", Divide));
    }

    public static BigDecimal Add(IReadOnlyList<BigDecimal> numbers) => numbers.Aggregate((sum, next) => sum + next);

    /// <summary>The first number less all the others.</summary>
    public static BigDecimal Subtract(IReadOnlyList<BigDecimal> numbers) => numbers.Aggregate((rest, next) => rest - next);

    public static BigDecimal Multiply(IReadOnlyList<BigDecimal> numbers) => numbers.Aggregate((product, next) => product * next);

    /// <summary>The first number by all the others; rounded once, at the end, if at all.</summary>
    /// <exception cref="CalculationException">One of the others is zero.</exception>
    public static BigDecimal Divide(IReadOnlyList<BigDecimal> numbers)
    {
        for (var i = 1; i < numbers.Count; i++)
        {
            if (numbers[i].IsZero)
                throw new CalculationException("Division by zero", $"Number {i + 1} is a divisor and must not be zero.");
        }

        return numbers.Count == 1 ? numbers[0] : numbers[0] / Multiply([.. numbers.Skip(1)]);
    }
}
