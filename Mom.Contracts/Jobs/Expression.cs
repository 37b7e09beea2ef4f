namespace Mom.Contracts.Jobs;

/// <summary>Operations as people write them: <c>1 + 2 + 3</c>.</summary>
public static class Expression
{
    public static string Of(JobDetail detail) => detail.Method switch
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
    public static string Brief(JobDetail detail, int longest = 48) => Cut(Of(detail), longest);

    /// <summary>The expression with its result: <c>1 + 2 + 3 = 6</c>; without a result, the expression alone.</summary>
    public static string Solved(JobDetail detail, int longest = 48) =>
        detail.Result is { } result ? $"{Brief(detail, longest)} = {Cut(Readable(result), longest)}" : Brief(detail, longest);

    /// <summary>A result with blanks after its commas, so that it can be read, and broken into lines.</summary>
    public static string Readable(string result) => result.Replace(",", ", ", StringComparison.Ordinal).Replace(";", "; ", StringComparison.Ordinal);

    private static string Cut(string text, int longest) => text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");

    // A minus sign after an operator is hard to read without parentheses.
    private static string Join(JobDetail detail, string separator) =>
        string.Join(separator, detail.Numbers.Select((number, index) => index > 0 && number.StartsWith('-') && separator is not ", " ? $"({number})" : number));
}
