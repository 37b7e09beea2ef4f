using System.Buffers;
using System.Globalization;
using Mom.Contracts.Jobs;

namespace Mom.Panel.Jobs;

/// <summary>A comma list of numbers, as typed.</summary>
internal static class NumberList
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>The numbers of the list, without the blanks around them.</summary>
    public static IReadOnlyList<string> Parse(string list) => list.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>What is wrong with the list, as a sentence; <see langword="null"/> when nothing is.</summary>
    public static string? Check(string list, string method)
    {
        if (string.IsNullOrWhiteSpace(list))
            return "Enter at least one number.";

        var numbers = Parse(list);
        if (numbers.Count > JobLimits.NumbersPerOperation)
            return string.Create(CultureInfo.InvariantCulture, $"At most {JobLimits.NumbersPerOperation} numbers; these are {numbers.Count}.");

        if (numbers.Sum(number => number.Length + 1) - 1 > JobLimits.CharactersPerOperation)
            return string.Create(CultureInfo.InvariantCulture, $"At most {JobLimits.CharactersPerOperation} characters in all.");

        return numbers.Select(number => CheckNumber(number, method)).FirstOrDefault(error => error is not null);
    }

    private static string? CheckNumber(string number, string method)
    {
        if (number.Length == 0)
            return "A number is missing before or after a comma.";
        if (number.Length > JobLimits.DigitsPerNumber)
            return string.Create(CultureInfo.InvariantCulture, $"A number has at most {JobLimits.DigitsPerNumber} characters.");
        if (OperandSyntax.IdOf(number) is not null)
            return null;
        if (!IsNumber(number))
            return $"“{Shorten(number)}” is not a number. Write 12, -3 or 1.5, with commas in between.";
        if (method is "factors" && !IsWhole(number))
            return $"Factors are for whole numbers: “{Shorten(number)}” is not one.";
        return null;
    }

    private static bool IsNumber(string number)
    {
        var digits = number.AsSpan(number[0] is '-' or '+' ? 1 : 0);
        var point = digits.IndexOf('.');
        return point < 0
            ? IsDigits(digits)
            : IsDigits(digits[..point]) && IsDigits(digits[(point + 1)..]);
    }

    private static bool IsWhole(string number) =>
        number.IndexOf('.', StringComparison.Ordinal) is var point && (point < 0 || !number.AsSpan(point + 1).ContainsAnyExcept('0'));

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Digits);

    private static string Shorten(string number) => number.Length <= 20 ? number : string.Concat(number.AsSpan(0, 20), "…");
}
