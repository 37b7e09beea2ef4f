using System.Text.RegularExpressions;

namespace Mom.ServiceDefaults.Telemetry;

/// <summary>What a text of SQL does and to which tables, in few words and without values: <c>INSERT jobs INSERT outbox</c>.</summary>
/// <remarks>
/// The attribute <c>db.query.summary</c> of https://opentelemetry.io/docs/specs/semconv/database/database-spans/#generating-a-summary-of-the-query:
/// each operation, followed by its targets. What is not understood is left out: this makes a name and is no parser.
/// </remarks>
internal static partial class QuerySummary
{
    /// <summary>Characters; the convention's own limit.</summary>
    private const int MaxLength = 255;

    /// <returns><see langword="null"/> for a text without a word.</returns>
    public static string? Of(string query)
    {
        var statements = new List<List<string>>();
        foreach (Match match in Parts().Matches(query))
        {
            if (match.Groups["operation"] is { Success: true } operation)
                Begin(statements, operation.Value.ToUpperInvariant());
            // A statement that names a table twice is still about one table.
            if (match.Groups["target"] is { Success: true } target && statements is [.., var current] && !current.Contains(target.Value, StringComparer.Ordinal))
                current.Add(target.Value);
        }

        var summary = statements.Count > 0
            ? string.Join(' ', WithoutRepetition(statements.Select(words => string.Join(' ', words))))
            : FirstWord().Match(query).Value.ToUpperInvariant();
        return summary is "" ? null : summary[..Math.Min(summary.Length, MaxLength)];
    }

    private static void Begin(List<List<string>> statements, string operation)
    {
        // A query within a query is a part of it.
        if (operation is not "SELECT" || statements is not [.., ["SELECT", ..]])
            statements.Add([operation]);
    }

    // A batch of equal statements is told once.
    private static IEnumerable<string> WithoutRepetition(IEnumerable<string> statements)
    {
        string? last = null;
        foreach (var statement in statements)
        {
            if (!string.Equals(statement, last, StringComparison.Ordinal))
                yield return last = statement;
        }
    }

    // Arrays that come with the statement are no table. "for update" locks and "do update set" is a part of an insert: neither is an update. No time limit: there is nothing in it to go back
    // over, and a process that was frozen for a while must not find that a name took too long.
    [GeneratedRegex(
        """
        \b(?<operation>select)\b
        | \b(?<operation>insert)\s+into\s+"?(?<target>[\w.]+)
        | \b(?<operation>delete)\s+from\s+"?(?<target>[\w.]+)
        | (?<!\b(?:for|do)\s+)\b(?<operation>update)\s+"?(?<target>[\w.]+)
        | \b(?:from|join)\s+(?!unnest\b)"?(?<target>[\w.]+)
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex FirstWord();
}
