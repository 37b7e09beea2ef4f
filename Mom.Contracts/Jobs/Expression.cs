namespace Mom.Contracts.Jobs;

/// <summary>Operations as people write them: <c>1 + 2 + 3</c>, <c>words("to be or not")</c>.</summary>
public static class Expression
{
    public static string Of(JobDetail detail) => detail.Text is { } text ? OfText(detail, text) : detail.Method switch
    {
        "add" => Join(detail, " + "),
        "subtract" => Join(detail, " − "),
        "multiply" => Join(detail, " × "),
        "divide" => Join(detail, " ÷ "),
        "factors" => "factors of " + Join(detail, ", "),
        _ => $"{detail.Method} {Join(detail, ", ")}",
    };

    /// <summary>The expression, cut to a length that fits into a line.</summary>
    /// <param name="longest">In characters.</param>
    public static string Brief(JobDetail detail, int longest = 48) =>
        detail.Text is { } text ? OfText(detail, Cut(text, Math.Max(2, longest - detail.Method.Length - 4))) : Cut(Of(detail), longest);

    /// <summary>The expression with its result: <c>1 + 2 + 3 = 6</c>; without a result, the expression alone.</summary>
    public static string Solved(JobDetail detail, int longest = 48) =>
        detail.Result is not null ? $"{Brief(detail, longest)} = {Cut(Readable(detail), longest)}" : Brief(detail, longest);

    /// <summary>The result. One of numbers has blanks after its commas, so that it can be read, and broken into lines; a text is as it is.</summary>
    public static string Readable(JobDetail detail) => detail is not { Result: { } result, Text: null }
        ? detail.Result ?? string.Empty
        : result.Replace(",", ", ", StringComparison.Ordinal).Replace(";", "; ", StringComparison.Ordinal);

    private static string OfText(JobDetail detail, string text) => $"{detail.Method}(\"{text.ReplaceLineEndings(" ")}\")";

    // Half a character of two code units cannot be stored.
    private static string Cut(string text, int longest) => text.Length <= longest
        ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1), "…");

    // A minus sign after an operator is hard to read without parentheses.
    private static string Join(JobDetail detail, string separator) =>
        string.Join(separator, detail.Numbers.Select((number, index) => index > 0 && number.StartsWith('-') && separator is not ", " ? $"({number})" : number));
}
