using System.Text.RegularExpressions;

namespace Mom.Messaging.Errors;

/// <summary>A queue or exchange exists already with other arguments than the topology's, and the broker cannot change them.</summary>
public sealed partial class TopologyMismatchException : MessagingException
{
    /// <summary>The broker said which argument of what differs.</summary>
    /// <param name="kind"><c>queue</c> or <c>exchange</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="argument">The argument that differs.</param>
    /// <param name="declared">Its value in the topology.</param>
    /// <param name="existing">Its value in the broker; <c>none</c> when it has none.</param>
    /// <param name="innerException">The original exception.</param>
    public TopologyMismatchException(string kind, string name, string argument, string declared, string existing, Exception? innerException = null)
        : base(
            $"The {kind} '{name}' exists with another '{argument}': this system declares {declared}, the broker has {existing}. " + Remedy(kind),
            innerException)
    {
        Name = name;
        Argument = argument;
        Existing = existing;
    }

    /// <summary>The broker said something else.</summary>
    /// <param name="brokerSays">The broker's message.</param>
    /// <param name="innerException">The original exception.</param>
    public TopologyMismatchException(string brokerSays, Exception? innerException = null)
        : base($"{brokerSays}. {Remedy("queue")}", innerException)
    {
    }

    /// <summary>The queue or exchange, if the broker named it.</summary>
    public string? Name { get; }

    /// <summary>The argument that differs, if the broker named it.</summary>
    public string? Argument { get; }

    /// <summary>Its value in the broker, if the broker named it.</summary>
    internal string? Existing { get; }

    /// <summary>
    /// Reads the broker's answer to a declaration that differs from what exists, such as <c>PRECONDITION_FAILED - inequivalent arg
    /// 'x-max-priority' for queue 'db.commands' in vhost '/': received the value '10' of type 'signedint' but current is none</c>.
    /// </summary>
    internal static TopologyMismatchException From(string brokerSays, Exception innerException)
    {
        var match = Inequivalent().Match(brokerSays);
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
    private static partial Regex Inequivalent();

    [GeneratedRegex("'(?<value>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Quoted();

    private static string Remedy(string kind) => kind is "exchange"
        ? "The broker cannot change it. Stop what publishes to it, delete the exchange, and it is declared again with its bindings at the next attempt."
        : "The broker cannot change it. Stop what publishes to the queue and let its consumers empty it (or move its messages to another queue " +
          "with a shovel), delete it, and it is declared again at the next attempt.";
}
