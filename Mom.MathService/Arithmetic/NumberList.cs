namespace Mom.MathService.Arithmetic;

/// <summary>Reads the numbers of a request: a comma list such as <c>1,-2.5,3</c>; spaces around a number are allowed.</summary>
public static class NumberList
{
    private const int LongestQuote = 40;

    /// <exception cref="CalculationException">There is no number, one that cannot be read, or more than the limits allow.</exception>
    public static IReadOnlyList<BigDecimal> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new CalculationException("No numbers", "Give at least one number after the operation, such as /add/1,2,3.");
        if (text.Length > RequestLimits.ListCharacters)
            throw TooLong($"The list of numbers has {text.Length} characters; at most {RequestLimits.ListCharacters} are allowed.");

        var items = text.Split(',', StringSplitOptions.TrimEntries);
        if (items.Length > RequestLimits.Numbers)
            throw new CalculationException("Too many numbers", $"{items.Length} numbers were given; at most {RequestLimits.Numbers} are allowed.");

        return [.. items.Select(ParseOne)];
    }

    private static BigDecimal ParseOne(string item, int index)
    {
        if (item.Length > RequestLimits.NumberCharacters)
            throw TooLong($"Number {index + 1} has {item.Length} characters; at most {RequestLimits.NumberCharacters} are allowed.");
        if (BigDecimal.TryParse(item, out var number))
            return number;

        var quote = item.Length <= LongestQuote ? item : item[..LongestQuote] + "…";
        throw new CalculationException(
            "Not a number",
            $"Number {index + 1}, '{quote}', is not a number. Write digits with an optional sign and point, such as 12 or -0.25; exponents are not supported.");
    }

    private static CalculationException TooLong(string message) => new("Too long", message);
}
