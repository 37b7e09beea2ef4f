namespace Mom.MathService.Factors;

/// <summary>All primes below <see cref="Bound"/>, ascending.</summary>
internal static class SmallPrimes
{
    public const int Bound = 10_000;

    public static IReadOnlyList<int> All { get; } = Sieve();

    private static List<int> Sieve()
    {
        var composite = new bool[Bound];
        List<int> primes = [];
        for (var candidate = 2; candidate < Bound; candidate++)
        {
            if (composite[candidate])
                continue;
            primes.Add(candidate);
            for (var multiple = candidate * candidate; multiple < Bound; multiple += candidate)
                composite[multiple] = true;
        }

        return primes;
    }
}
