using System.Numerics;

namespace Mom.MathService.Arithmetic;

/// <summary>
/// A decimal number of any size, held exactly as <c>Unscaled / 10^Scale</c> and always in lowest form, so that equal numbers
/// are equal values: 1.50 and 1.5 are the same.
/// </summary>
public readonly partial record struct BigDecimal
{
    /// <summary>Makes <c>unscaled / 10^scale</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is negative.</exception>
    public BigDecimal(BigInteger unscaled, int scale = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        // A multiple of ten is even: most numbers leave the loop without a division.
        while (scale > 0 && unscaled.IsEven)
        {
            var (tenth, digit) = BigInteger.DivRem(unscaled, 10);
            if (!digit.IsZero)
                break;
            unscaled = tenth;
            scale--;
        }

        Unscaled = unscaled;
        Scale = scale;
    }

    /// <summary>The digits without the point.</summary>
    public BigInteger Unscaled { get; }

    /// <summary>How many of the digits stand after the point; 0 for an integer.</summary>
    public int Scale { get; }

    public bool IsZero => Unscaled.IsZero;

    public bool IsInteger => Scale == 0;

    public static BigDecimal operator +(BigDecimal left, BigDecimal right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new(left.UnscaledAt(scale) + right.UnscaledAt(scale), scale);
    }

    public static BigDecimal operator -(BigDecimal value) => new(-value.Unscaled, value.Scale);

    public static BigDecimal operator -(BigDecimal left, BigDecimal right) => left + -right;

    public static BigDecimal operator *(BigDecimal left, BigDecimal right) =>
        new(left.Unscaled * right.Unscaled, left.Scale + right.Scale);

    private BigInteger UnscaledAt(int scale) => Unscaled * PowerOfTen(scale - Scale);

    private static BigInteger PowerOfTen(int exponent) => BigInteger.Pow(10, exponent);
}
