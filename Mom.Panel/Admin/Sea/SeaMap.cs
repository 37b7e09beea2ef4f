using System.Globalization;
using Mom.Contracts;

namespace Mom.Panel.Admin.Sea;

/// <summary>Places in the picture, in units of its view box of 1200 by 850.</summary>
internal static class SeaMap
{
    public const int QueueMiddle = 392;
    public const int QueueWidth = 220;

    /// <summary>The queues of all job types, which are one in the picture.</summary>
    public const string Steps = "*.steps";

    private const double ViewWidth = 1200;

    /// <summary>The queues with their place and their messages.</summary>
    public static IReadOnlyList<(string Name, int X, string Carries)> Queues { get; } =
    [
        (MomQueues.DbQueries, 190, "reads, which somebody waits for"),
        (MomQueues.DbCommands, 450, "changes: requests in a lane of their own, results of jobs behind them"),
        (Steps, 710, "one operation of a job each; work that can wait"),
        (MomQueues.SocketNotifications, 970, "events on their way to users"),
    ];

    public static SeaEdge UsersToPanel { get; } = new("users-to-panel", "M216 66 H326");
    public static SeaEdge PanelToUsers { get; } = new("panel-to-users", "M328 90 H218");
    public static SeaEdge PanelToApi { get; } = new("panel-to-api", "M430 116 V182");
    public static SeaEdge ApiToQueries { get; } = new("api-to-queries", "M390 258 V278 Q390 286 382 286 H198 Q190 286 190 294 V344");
    public static SeaEdge ApiToCommands { get; } = new("api-to-commands", "M450 258 V344");
    public static SeaEdge QueriesToWorker { get; } = new("queries-to-worker", "M190 440 V512 Q190 520 198 520 H262 Q270 520 270 528 V544");
    public static SeaEdge CommandsToWorker { get; } = new("commands-to-worker", "M430 440 V512 Q430 520 422 520 H378 Q370 520 370 528 V544");
    public static SeaEdge WorkerToDatabase { get; } = new("worker-to-database", "M320 624 V672");
    public static SeaEdge Replies { get; } = new("replies", "M220 586 H44 Q36 586 36 578 V230 Q36 222 44 222 H326");
    public static SeaEdge WorkerToSteps { get; } = new("worker-to-steps", "M420 572 H560 Q568 572 568 564 V528 Q568 520 576 520 H682 Q690 520 690 512 V440");
    public static SeaEdge StepsToWorker { get; } = new("steps-to-worker", "M730 440 V544");
    public static SeaEdge WorkerToMath { get; } = new("worker-to-math", "M710 624 V672");
    public static SeaEdge OutcomesToCommands { get; } = new("outcomes-to-commands", "M610 598 H478 Q470 598 470 590 V440");
    public static SeaEdge WorkerToEvents { get; } = new("worker-to-events", "M400 624 V640 Q400 648 408 648 H962 Q970 648 970 640 V440");
    public static SeaEdge EventsToSocket { get; } = new("events-to-socket", "M970 344 V262");
    public static SeaEdge SocketToPanel { get; } = new("socket-to-panel", "M970 184 V83 Q970 75 962 75 H534");
    public static SeaEdge ToDead { get; } = new("to-dead", "M1112 490 V686");
    public static SeaEdge ApiToCache { get; } = new("api-to-cache", "M532 222 H622");
    public static SeaEdge SocketToCache { get; } = new("socket-to-cache", "M868 222 H778");

    /// <summary>The animations of all edges on which something travels, as rules of a style sheet.</summary>
    public static string Keyframes { get; } = string.Concat(new[]
    {
        UsersToPanel, PanelToUsers, PanelToApi, ApiToQueries, ApiToCommands, QueriesToWorker, CommandsToWorker, WorkerToDatabase, Replies, WorkerToSteps,
        StepsToWorker, WorkerToMath, OutcomesToCommands, WorkerToEvents, EventsToSocket, SocketToPanel, ToDead,
    }.Select(edge => edge.Keyframes));

    /// <summary>A length of the picture for a style sheet, which grows with the picture.</summary>
    /// <param name="units">Of the view box.</param>
    public static string Width(double units) => string.Create(CultureInfo.InvariantCulture, $"{units * 100 / ViewWidth:0.###}cqw");

    /// <summary>The height of a queue by its depth, on a logarithmic scale.</summary>
    public static double HeightOf(long depth) => 76 + Math.Min(44, 11 * Math.Log10(1 + depth));
}
