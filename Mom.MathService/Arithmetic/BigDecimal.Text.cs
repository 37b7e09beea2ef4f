using System.Globalization;
using System.Numerics;

namespace Mom.MathService.Arithmetic;

public readonly partial record struct BigDecimal
{
    /// <summary>
    /// Reads a sign (optional), digits, and a point with more digits (optional): <c>12</c>, <c>-0.25</c>, <c>+7.0</c>.
    /// No exponents, no thousands separators, no white space, ASCII digits only.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out BigDecimal value)
    {
        value = default;
        var negative = text is ['-', ..];
        var digits = text is ['-' or '+', ..] ? text[1..] : text;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        if (!AreDigits(whole) || (point >= 0 && !AreDigits(fraction)))
            return false;

        fraction = fraction.TrimEnd('0');
        var unscaled = BigInteger.Parse($"{whole}{fraction}", NumberStyles.None, CultureInfo.InvariantCulture);
        value = new(negative ? -unscaled : unscaled, fraction.Length);
        return true;
    }

    /// <summary>Shortest plain notation: no exponent, no plus sign, no needless zeros.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var sign = Unscaled.Sign < 0 ? "-" : "";
        return Scale == 0 ? sign + digits : $"{sign}{digits.AsSpan(0, digits.Length - Scale)}.{digits.AsSpan(digits.Length - Scale)}";
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
