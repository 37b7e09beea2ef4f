using System.Text.RegularExpressions;
using Mom.Messaging.Errors;

namespace Mom.Messaging.Topology;

/// <summary>
/// Reads the broker's answer to a declaration that differs from what exists, such as <c>PRECONDITION_FAILED - inequivalent arg
/// 'x-max-priority' for queue 'db.commands' in vhost '/': received the value '10' of type 'signedint' but current is none</c>.
/// </summary>
internal static partial class TopologyMismatch
{
    public static TopologyMismatchException Explain(string brokerSays, Exception innerException)
    {
        var match = Pattern().Match(brokerSays);
        return match.Success
            ? new TopologyMismatchException(
                match.Groups["kind"].Value,
                match.Groups["name"].Value,
                match.Groups["argument"].Value,
                Value(match.Groups["declared"].Value),
                Value(match.Groups["existing"].Value),
                innerException)
            : new TopologyMismatchException(brokerSays, innerException);
    }

    // "the value '10' of type 'signedint'", "none", "'topic'"
    private static string Value(string text) => Quoted().Match(text) is { Success: true } quoted ? quoted.Groups["value"].Value : text.Trim();

    [GeneratedRegex(
        "inequivalent arg '(?<argument>[^']+)' for (?<kind>queue|exchange) '(?<name>[^']+)'.*?: received (?<declared>.+?) but current is (?<existing>.+)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Pattern();

    [GeneratedRegex("'(?<value>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Quoted();
}
