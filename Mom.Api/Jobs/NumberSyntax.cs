using Mom.Contracts.Jobs;

namespace Mom.Api.Jobs;

/// <summary>How numbers are written: an optional minus sign, digits, and optionally a point with digits after it.</summary>
internal static class NumberSyntax
{
    public static bool IsNumber(string? text, bool integersOnly)
    {
        if (text is not { Length: > 0 and <= JobLimits.DigitsPerNumber })
        {
            return false;
        }

        var digits = text.AsSpan(text[0] == '-' ? 1 : 0);
        var point = digits.IndexOf('.');
        return point < 0
            ? AreDigits(digits)
            : !integersOnly && AreDigits(digits[..point]) && AreDigits(digits[(point + 1)..]);
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
