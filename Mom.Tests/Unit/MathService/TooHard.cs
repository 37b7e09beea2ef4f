using System.Numerics;
using static Mom.Tests.Unit.MathService.Numbers;

namespace Mom.Tests.Unit.MathService;

internal static class TooHard
{
    /// <summary>RSA-100: a product of two primes of 50 digits, far out of reach of the method used.</summary>
    public static BigInteger Number { get; } =
        Integer("1522605027922533360535618378132637429718068114961380688657908494580122963258952897654000350692006139");
}
