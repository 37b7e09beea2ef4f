using System.Globalization;
using System.Numerics;
using Mom.MathService.Arithmetic;

namespace Mom.Tests.Unit.MathService;

/// <summary>Numbers for tests: written ones, and random ones that are the same in every run.</summary>
internal static class Numbers
{
    public static BigDecimal Decimal(string text) =>
        BigDecimal.TryParse(text, out var value) ? value : throw new FormatException($"'{text}' should have been a number.");

    public static IReadOnlyList<BigDecimal> Decimals(params string[] texts) => [.. texts.Select(Decimal)];

    public static BigInteger Integer(string text) => BigInteger.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Up to 400 bits, of all sizes alike, either sign, zero among them.</summary>
    public static BigInteger RandomInteger(Random random)
    {
        var bytes = new byte[random.Next(51)];
        random.NextBytes(bytes);
        return new(bytes);
    }

    /// <summary>A random integer with 0 to 60 of its digits after the point.</summary>
    public static BigDecimal RandomDecimal(Random random) => new(RandomInteger(random), random.Next(61));

    public static BigDecimal RandomNonZero(Random random)
    {
        var value = RandomDecimal(random);
        return value.IsZero ? Decimal("1") : value;
    }
}
