using System.Text.RegularExpressions;

namespace Mom.Messaging.Contracts;

/// <summary>The queues of messages and handlers that name none.</summary>
internal static partial class QueueConvention
{
    /// <summary>
    /// The queue of a command or request: its wire name without the version and without the verb, so that what belongs together shares a queue and
    /// keeps its order.
    /// </summary>
    /// <example><c>order.place.v1</c> and <c>order.cancel.v2</c> go to <c>order</c>, <c>ping.v1</c> to <c>ping</c>.</example>
    public static string Of(string wireName)
    {
        var name = Version().Replace(wireName, string.Empty);
        var verb = name.LastIndexOf('.');
        return verb > 0 ? name[..verb] : name;
    }

    /// <summary>The queue of a service for all events that it handles: they come to each service once, however many replicas it has.</summary>
    public static string OfEvents(string service) => $"{service}.events";

    [GeneratedRegex(@"\.v\d+$", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Version();
}
