using System.Globalization;
using System.Text.RegularExpressions;

namespace Mom.Hosting.Reporting;

/// <summary>The last lines of a resource's log.</summary>
internal static partial class LogTail
{
    // A line of the orchestrator with the arguments of the command, which the dashboard hides until they are asked for: they may be secrets.
    private const string CommandLine = "[sys] Starting process...";

    /// <param name="lines">As of the log service, each with its time before it: <c>2030-01-31T12:00:00.0000000Z listening</c>.</param>
    /// <param name="count">How many lines, at most.</param>
    /// <returns>The last ones in the order of time, without the time.</returns>
    public static IReadOnlyList<string> Of(IEnumerable<string> lines, int count)
    {
        // Standard output, errors and the orchestrator's remarks come one after the other. A line without a time belongs to the one before it.
        var at = DateTimeOffset.MinValue;
        var timed = new List<(DateTimeOffset At, string Text)>();
        foreach (var line in lines)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var hasTime = DateTimeOffset.TryParseExact(space < 0 ? line : line[..space], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed);
            at = hasTime ? parsed : at;
            timed.Add((at, hasTime ? (space < 0 ? "" : line[(space + 1)..]) : line));
        }

        return timed
            .Where(line => !string.IsNullOrWhiteSpace(line.Text) && !line.Text.StartsWith(CommandLine, StringComparison.Ordinal))
            .OrderBy(line => line.At)
            .Select(line => Colours().Replace(line.Text, string.Empty))
            .TakeLast(count)
            .ToList();
    }

    // What is written for a terminal is no good in a log: escape sequences of colours (ECMA-48, SGR).
    [GeneratedRegex(@"\x1B\[[0-9;]*m", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Colours();
}
