using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Mom.MathService.Factors;

/// <summary>
/// Miller-Rabin. Certain below 3.3·10^24, where the first 13 primes as bases are known to be enough (Sorenson and Webster,
/// "Strong pseudoprimes to twelve prime bases", 2015). Above, random bases come on top: a composite passes with a probability
/// below 4^-32, also when it was chosen to deceive.
/// </summary>
internal static class MillerRabin
{
    private const int ProvenBases = 13;
    private const int RandomBases = 32;

    private static readonly BigInteger ProvenBound = BigInteger.Parse("3317044064679887385961981", CultureInfo.InvariantCulture);

    /// <param name="number">An odd number above all of <see cref="SmallPrimes"/>.</param>
    public static bool IsPrime(BigInteger number)
    {
        var lessOne = number - 1;
        var twos = (int)BigInteger.TrailingZeroCount(lessOne);
        var odd = lessOne >> twos;

        return Bases(number).All(witness => Passes(BigInteger.ModPow(witness, odd, number)));

        bool Passes(BigInteger power)
        {
            if (power.IsOne || power == lessOne)
                return true;
            for (var i = 1; i < twos; i++)
            {
                power = power * power % number;
                if (power == lessOne)
                    return true;
            }

            return false;
        }
    }

    private static IEnumerable<BigInteger> Bases(BigInteger number)
    {
        for (var i = 0; i < ProvenBases; i++)
            yield return SmallPrimes.All[i];
        if (number < ProvenBound)
            yield break;
        for (var i = 0; i < RandomBases; i++)
            yield return RandomBase(number);
    }

    private static BigInteger RandomBase(BigInteger number)
    {
        var bytes = RandomNumberGenerator.GetBytes(number.GetByteCount() + sizeof(ulong));
        return 2 + (new BigInteger(bytes, isUnsigned: true) % (number - 3));
    }
}
