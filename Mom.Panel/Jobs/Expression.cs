using Mom.Contracts.Jobs;

namespace Mom.Panel.Jobs;

/// <summary>Operations as people write them: <c>1 + 2 + 3</c>.</summary>
internal static class Expression
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
    public static string Short(JobDetail detail, int longest = 48)
    {
        var whole = Of(detail);
        return whole.Length <= longest ? whole : string.Concat(whole.AsSpan(0, longest - 1), "…");
    }

    // A minus sign after an operator is hard to read without parentheses.
    private static string Join(JobDetail detail, string separator) =>
        string.Join(separator, detail.Numbers.Select((number, index) => index > 0 && number.StartsWith('-') && separator is not ", " ? $"({number})" : number));
}
