using Mom.Contracts;

namespace Mom.Panel.Admin.Sea;

/// <summary>Where everything is in the picture, in the units of its view box of 1200 by 850.</summary>
internal static class SeaMap
{
    public const int QueueMiddle = 392;
    public const int QueueWidth = 220;

    /// <summary>The queues with their place and what they carry.</summary>
    public static IReadOnlyList<(string Name, int X, string Carries)> Queues { get; } =
    [
        (MomQueues.DbQueries, 190, "reads, which somebody waits for"),
        (MomQueues.DbCommands, 450, "changes: requests in a lane of their own, results of jobs behind them"),
        (MomQueues.MathSteps, 710, "one operation of a job each; work that can wait"),
        (MomQueues.SocketNotifications, 970, "events on their way to users"),
    ];

    public const string UsersToPanel = "M216 66 H326";
    public const string PanelToUsers = "M328 90 H218";
    public const string PanelToApi = "M430 116 V182";
    public const string ApiToQueries = "M390 258 V278 Q390 286 382 286 H198 Q190 286 190 294 V344";
    public const string ApiToCommands = "M450 258 V344";
    public const string QueriesToWorker = "M190 440 V512 Q190 520 198 520 H262 Q270 520 270 528 V544";
    public const string CommandsToWorker = "M430 440 V512 Q430 520 422 520 H378 Q370 520 370 528 V544";
    public const string WorkerToDatabase = "M320 624 V672";
    public const string Replies = "M220 586 H44 Q36 586 36 578 V230 Q36 222 44 222 H326";
    public const string WorkerToSteps = "M420 572 H560 Q568 572 568 564 V528 Q568 520 576 520 H682 Q690 520 690 512 V440";
    public const string StepsToWorker = "M730 440 V544";
    public const string WorkerToMath = "M710 624 V672";
    public const string OutcomesToCommands = "M610 598 H478 Q470 598 470 590 V440";
    public const string WorkerToEvents = "M400 624 V640 Q400 648 408 648 H962 Q970 648 970 640 V440";
    public const string EventsToSocket = "M970 344 V262";
    public const string SocketToPanel = "M970 184 V83 Q970 75 962 75 H534";
    public const string ToDead = "M1112 490 V686";
    public const string ApiToCache = "M532 222 H622";
    public const string SocketToCache = "M868 222 H778";

    /// <summary>The height of a queue that holds so many messages: it swells, by as much for each ten times more.</summary>
    public static double HeightOf(long depth) => 76 + Math.Min(44, 11 * Math.Log10(1 + depth));
}
