using System.Diagnostics.CodeAnalysis;

namespace Mom.Contracts.Jobs;

/// <summary>How an operation is named, and how another one takes its result: <c>$total</c> in the place of a number.</summary>
public static class OperandSyntax
{
    private const int LongestQuote = 40;

    /// <summary>Whether a text can be the id of an operation: a letter, then letters, digits, <c>-</c> and <c>_</c>, at most <see cref="JobLimits.OperationId"/> in all.</summary>
    public static bool IsId([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= JobLimits.OperationId } && char.IsAsciiLetter(text[0]) && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    /// <summary>The id of the operation whose result stands in the place of a number; <see langword="null"/> when it is a number.</summary>
    public static string? IdOf(string? number) => number is ['$', .. var id] && IsId(id) ? id : null;

    /// <summary>A result, cut to a length that fits into a sentence.</summary>
    public static string Brief(string result) => result.Length <= LongestQuote ? result : string.Concat(result.AsSpan(0, LongestQuote - 1), "…");
}

/// <summary>When an operation is worked on, once all that it comes after have an outcome.</summary>
public static class JobConditions
{
    /// <summary>When each of those has a result. Also where nothing is said.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>When one of those failed: that failure does not fail the job then.</summary>
    public const string Failed = "failed";
}
