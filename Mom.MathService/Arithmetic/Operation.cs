namespace Mom.MathService.Arithmetic;

/// <summary>One thing that this service can calculate.</summary>
/// <param name="Name">Its name in the route, lower case.</param>
/// <param name="Calculate">Numbers, of which there is at least one, to the text of the result.</param>
public sealed record Operation(string Name, Func<IReadOnlyList<BigDecimal>, CancellationToken, Task<string>> Calculate)
{
    /// <summary>An operation that takes no time worth waiting for.</summary>
    public static Operation Immediate(string name, Func<IReadOnlyList<BigDecimal>, BigDecimal> calculate) =>
        new(name, (numbers, _) => Task.FromResult(calculate(numbers).ToString()));
}
