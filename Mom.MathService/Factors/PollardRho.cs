using System.Numerics;

namespace Mom.MathService.Factors;

/// <summary>
/// Pollard's rho in Brent's form ("An improved Monte Carlo factorization algorithm", 1980). Takes about as many steps as the
/// square root of the smallest prime factor, whatever the size of the number.
/// </summary>
internal static class PollardRho
{
    private const int StepsPerGcd = 256;

    /// <summary>Finds some factor of a composite number: neither 1 nor the number, not always a prime.</summary>
    /// <exception cref="OperationCanceledException">Time is up.</exception>
    public static async Task<BigInteger> FactorAsync(BigInteger composite, CancellationToken cancellation)
    {
        // A sequence may close in all factors at once and show only the number itself; the next constant starts another one.
        for (var constant = 1; ; constant++)
        {
            var factor = await WalkAsync(composite, constant, cancellation);
            if (factor != composite)
                return factor;
        }
    }

    private static async Task<BigInteger> WalkAsync(BigInteger n, int constant, CancellationToken cancellation)
    {
        BigInteger Next(BigInteger value) => ((value * value) + constant) % n;

        BigInteger hare = 2;
        for (var lap = 1L; ; lap *= 2)
        {
            var tortoise = hare;
            for (var i = 0L; i < lap; i++)
                hare = Next(hare);

            for (var done = 0L; done < lap; done += StepsPerGcd)
            {
                // Gives the thread back between batches, so that hard numbers do not keep other requests waiting for a thread.
                cancellation.ThrowIfCancellationRequested();
                await Task.Yield();

                var start = hare;
                var product = BigInteger.One;
                for (var i = Math.Min(StepsPerGcd, lap - done); i > 0; i--)
                {
                    hare = Next(hare);
                    product = product * BigInteger.Abs(tortoise - hare) % n;
                }

                var factor = BigInteger.GreatestCommonDivisor(product, n);
                if (!factor.IsOne)
                    return factor == n ? Retrace(start, tortoise) : factor;
            }
        }

        // Several factors fell into one batch: walk it again, one step at a time.
        BigInteger Retrace(BigInteger position, BigInteger tortoise)
        {
            while (true)
            {
                position = Next(position);
                var factor = BigInteger.GreatestCommonDivisor(BigInteger.Abs(tortoise - position), n);
                if (!factor.IsOne)
                    return factor;
            }
        }
    }
}
