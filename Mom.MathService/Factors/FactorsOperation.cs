using System.Numerics;
using Microsoft.Extensions.Options;
using Mom.MathService.Arithmetic;

namespace Mom.MathService.Factors;

/// <summary>
/// Prime factors as <c>2,2,3</c>; of several numbers one list each, separated by <c>;</c>. A negative number starts with -1,
/// and 1 is its own list. Zero and numbers that are not whole have none.
/// </summary>
internal sealed class FactorsOperation(IOptions<FactorsOptions> options, TimeProvider clock)
{
    public const string Name = "factors";

    /// <exception cref="CalculationException">A number has no prime factors, is too large, or could not be factored in time.</exception>
    public async Task<string> CalculateAsync(IReadOnlyList<BigDecimal> numbers, CancellationToken aborted)
    {
        var integers = numbers.Select(Integer).ToList();
        using var timeout = new CancellationTokenSource(options.Value.TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, aborted);
        try
        {
            List<string> lists = [];
            foreach (var integer in integers)
                lists.Add(await ListAsync(integer, either.Token));
            return string.Join(';', lists);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw new CalculationException(
                "Too hard to factor",
                $"The prime factors were not found within {options.Value.TimeLimit.TotalSeconds:0.###} s.",
                StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<string> ListAsync(BigInteger integer, CancellationToken cancellation)
    {
        var factors = await PrimeFactors.OfAsync(BigInteger.Abs(integer), cancellation);
        IEnumerable<BigInteger> unit = integer.Sign < 0 || factors.Count == 0 ? [integer.Sign] : [];
        return string.Join(',', unit.Concat(factors));
    }

    private static BigInteger Integer(BigDecimal number, int index)
    {
        if (!number.IsInteger)
            throw NoFactors($"Number {index + 1} is not whole; only integers have prime factors.");
        if (number.IsZero)
            throw NoFactors($"Number {index + 1} is zero, which has no prime factors.");
        if (BigInteger.Abs(number.Unscaled) >= BigInteger.Pow(10, RequestLimits.FactorDigits))
            throw new CalculationException("Too long", $"Number {index + 1} has more than {RequestLimits.FactorDigits} digits.");
        return number.Unscaled;
    }

    private static CalculationException NoFactors(string message) => new("No prime factors", message);
}
