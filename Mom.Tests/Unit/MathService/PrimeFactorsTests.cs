using System.Numerics;
using Mom.MathService.Factors;
using static Mom.Tests.Unit.MathService.Numbers;

namespace Mom.Tests.Unit.MathService;

[Trait("Group", "unit")]
public sealed class PrimeFactorsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_small_number_has_the_factors_that_plain_division_finds()
    {
        for (var number = 1; number <= 20_000; number++)
            Assert.Equal(ByDivision(number), await PrimeFactors.OfAsync(number, Cancellation));
    }

    [Theory]
    [InlineData("100000007", "100000007")] // the first prime above the square of the largest trial divisor's bound
    [InlineData("100140049", "10007,10007")] // a square of a prime that trial division does not reach
    [InlineData("1002101470343", "10007,10007,10007")]
    [InlineData("3215031751", "151,751,28351")] // strong pseudoprime to bases 2, 3, 5 and 7
    [InlineData("3825123056546413051", "149491,747451,34233211")] // strong pseudoprime to the first nine primes
    [InlineData("3317044064679887385961981", "1287836182261,2575672364521")] // strong pseudoprime to the first 13 primes
    [InlineData("18446744073709551617", "274177,67280421310721")] // 2^64 + 1
    [InlineData("170141183460469231731687303715884105727", "170141183460469231731687303715884105727")] // 2^127 - 1, prime
    public async Task Numbers_that_are_hard_for_simpler_methods_are_factored(string number, string expected) =>
        Assert.Equal(expected.Split(',').Select(Integer), await PrimeFactors.OfAsync(Integer(number), Cancellation));

    [Fact]
    public async Task A_factorial_of_158_digits_falls_apart()
    {
        var factorial = Enumerable.Range(1, 100).Aggregate(BigInteger.One, (product, next) => product * next);

        var factors = await PrimeFactors.OfAsync(factorial, Cancellation);

        Assert.Equal(factorial, Product(factors));
        Assert.Equal(97, factors[^1]);
        Assert.Equal(97, factors.Count(factor => factor == 2));
    }

    [Fact]
    public async Task Factors_of_random_numbers_are_ascending_primes_that_multiply_back()
    {
        var random = new Random(8);
        for (var i = 0; i < 200; i++)
        {
            var number = (BigInteger)random.NextInt64(1, long.MaxValue);

            var factors = await PrimeFactors.OfAsync(number, Cancellation);

            Assert.Equal(number, Product(factors));
            Assert.Equal(factors.Order(), factors);
            foreach (var factor in factors)
                Assert.Equal([factor], await PrimeFactors.OfAsync(factor, Cancellation));
        }
    }

    [Fact]
    public async Task Products_of_known_primes_come_apart_into_these_primes()
    {
        BigInteger[] primes = [2, 9973, 10007, 1000003, 99999989, Integer("2305843009213693951"), Integer("170141183460469231731687303715884105727")];
        var random = new Random(9);
        for (var i = 0; i < 20; i++)
        {
            BigInteger[] chosen = [.. random.GetItems(primes, random.Next(1, 6)).Order()];
            if (chosen.Count(prime => prime > 100_000_000) > 1)
                continue;
            Assert.Equal(chosen, await PrimeFactors.OfAsync(Product(chosen), Cancellation));
        }
    }

    [Fact]
    public async Task It_gives_up_when_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var work = PrimeFactors.OfAsync(TooHard.Number, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-6)]
    public async Task Only_positive_numbers_are_taken(int number) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => PrimeFactors.OfAsync(number, Cancellation));

    private static BigInteger Product(IEnumerable<BigInteger> factors) => factors.Aggregate(BigInteger.One, (product, next) => product * next);

    private static List<BigInteger> ByDivision(int number)
    {
        List<BigInteger> factors = [];
        for (var divisor = 2; number > 1; divisor++)
        {
            for (; number % divisor == 0; number /= divisor)
                factors.Add(divisor);
        }

        return factors;
    }
}
