namespace Mom.Contracts.Jobs;

/// <summary>How numbers are written: an optional minus sign, digits, and optionally a point with digits after it.</summary>
public static class NumberSyntax
{
    /// <summary>Whether a text is a number of at most <see cref="JobLimits.DigitsPerNumber"/> characters.</summary>
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

    /// <summary>Why an operation does not take a number, as a sentence; <see langword="null"/> when it does.</summary>
    /// <param name="text">What was written, or the result of another operation.</param>
    /// <param name="method">See <see cref="MathMethods"/>.</param>
    public static string? Flaw(string? text, string? method)
    {
        var integersOnly = method is "factors";
        return !IsNumber(text, integersOnly)
            ? integersOnly ? "Factors are of whole numbers, such as 360." : $"A number is written as 1, -2 or 3.75, with at most {JobLimits.DigitsPerNumber:N0} digits."
            : integersOnly && text!.TrimStart('-').TrimStart('0').Length > JobLimits.DigitsToFactor ? $"A number to be factored has at most {JobLimits.DigitsToFactor} digits."
            : null;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
