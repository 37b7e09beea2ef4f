using System.Numerics;

namespace Mom.MathService.Factors;

/// <summary>Takes a positive integer apart into primes.</summary>
public static class PrimeFactors
{
    /// <summary>All prime factors, each as often as it divides the number, ascending; none for 1.</summary>
    /// <exception cref="OperationCanceledException">Time is up before the number was taken apart.</exception>
    public static async Task<IReadOnlyList<BigInteger>> OfAsync(BigInteger number, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        List<BigInteger> factors = [];
        Stack<BigInteger> open = new([DivideOutSmallPrimes(number, factors)]);
        while (open.TryPop(out var part))
        {
            cancellation.ThrowIfCancellationRequested();
            if (part.IsOne)
                continue;
            if (IsPrime(part))
            {
                factors.Add(part);
                continue;
            }

            var factor = await PollardRho.FactorAsync(part, cancellation);
            open.Push(factor);
            open.Push(part / factor);
        }

        factors.Sort();
        return factors;
    }

    private static BigInteger DivideOutSmallPrimes(BigInteger number, List<BigInteger> factors)
    {
        foreach (var prime in SmallPrimes.All)
        {
            if (number < prime)
                break;
            for (var (quotient, rest) = BigInteger.DivRem(number, prime); rest.IsZero; (quotient, rest) = BigInteger.DivRem(number, prime))
            {
                factors.Add(prime);
                number = quotient;
            }
        }

        return number;
    }

    // What has no factor below the bound and is smaller than its square has no room for two factors.
    private static bool IsPrime(BigInteger withoutSmallFactors) =>
        withoutSmallFactors < (long)SmallPrimes.Bound * SmallPrimes.Bound || MillerRabin.IsPrime(withoutSmallFactors);
}
