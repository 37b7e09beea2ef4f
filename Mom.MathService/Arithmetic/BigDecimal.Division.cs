using System.Numerics;

namespace Mom.MathService.Arithmetic;

public readonly partial record struct BigDecimal
{
    /// <summary>How many digits an endless quotient keeps, counted from its first digit after the point that is not zero.</summary>
    public const int QuotientDigits = 28;

    /// <summary>
    /// Exact when the decimal expansion ends (1/8 is 0.125). An endless one is rounded to the nearest number with
    /// <see cref="QuotientDigits"/> digits after the point; below one, the zeros between the point and the first digit do
    /// not count, so that a small quotient is as precise as a large one and never becomes zero.
    /// </summary>
    /// <exception cref="DivideByZeroException"><paramref name="divisor"/> is zero.</exception>
    public static BigDecimal operator /(BigDecimal dividend, BigDecimal divisor)
    {
        if (divisor.IsZero)
            throw new DivideByZeroException();

        var numerator = dividend.Unscaled * PowerOfTen(divisor.Scale);
        var denominator = divisor.Unscaled * PowerOfTen(dividend.Scale);
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        numerator /= common;
        denominator /= common;

        var scale = DigitsOfEndingExpansion(denominator) ?? (QuotientDigits + ZerosAfterThePoint(BigInteger.Abs(numerator), denominator));
        return new(RoundedQuotient(numerator * PowerOfTen(scale), denominator), scale);
    }

    /// <summary>A fraction in lowest terms has an ending expansion if its denominator is 2^a·5^b, and then max(a, b) digits.</summary>
    private static int? DigitsOfEndingExpansion(BigInteger denominator)
    {
        var twos = (int)BigInteger.TrailingZeroCount(denominator);
        var rest = denominator >> twos;
        var fives = 0;
        while (!rest.IsOne)
        {
            (rest, var remainder) = BigInteger.DivRem(rest, 5);
            if (!remainder.IsZero)
                return null;
            fives++;
        }

        return Math.Max(twos, fives);
    }

    private static int ZerosAfterThePoint(BigInteger numerator, BigInteger denominator)
    {
        // The logarithm is a floating-point estimate: start one below it and let exact arithmetic decide.
        var zeros = Math.Max(0, (int)(BigInteger.Log10(denominator) - BigInteger.Log10(numerator)) - 1);
        var scaled = numerator * PowerOfTen(zeros + 1);
        while (scaled < denominator)
        {
            scaled *= 10;
            zeros++;
        }

        return zeros;
    }

    private static BigInteger RoundedQuotient(BigInteger numerator, BigInteger denominator)
    {
        var (quotient, remainder) = BigInteger.DivRem(numerator, denominator);
        // There is no tie to break: a remainder of exactly one half would be an expansion that ends one digit later.
        return BigInteger.Abs(remainder) * 2 > denominator ? quotient + numerator.Sign : quotient;
    }
}
