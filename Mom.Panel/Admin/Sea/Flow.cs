using System.Globalization;
using Mom.Contracts;
using Mom.Panel.Admin.Feed;

namespace Mom.Panel.Admin.Sea;

/// <summary>Messages that travel along an edge of the picture.</summary>
/// <param name="Tone"><c>request</c>, <c>deferred</c> or <c>event</c>.</param>
/// <param name="Rate">Messages per second.</param>
internal sealed record Flow(SeaEdge Edge, string Tone, double Rate)
{
    // Dots of one edge that arrive in a second. With all edges at it some 60 dots are under way. Each costs a browser without a graphics card time in each frame.
    private const double MostArrivals = 3;

    // Units of the view box per second, unless dots are rare: these are slower, so that one of them is nearly always under way.
    private const double Speed = 200;
    private const double Longest = 9;

    // What changes by little looks the same: an animation that is changed starts anew. All durations are whole sixths of a second, as sea-pace.js needs them.
    private static readonly double[] Levels = [0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000];

    /// <summary>The rate that is shown, rounded to a step.</summary>
    public double Level => Rate <= 0.02 ? 0 : Levels.Where(level => level <= Rate * 1.25).Append(Levels[1]).Max();

    /// <summary>The number of dots on the edge.</summary>
    public int Dots => Level <= 0 ? 0 : Math.Max(1, (int)Math.Round(Arrivals * Edge.Length / Speed));

    /// <summary>The travel time of a dot, in seconds. Dots arrive at the rate of messages, up to a limit.</summary>
    public double Seconds => Level <= 0 ? 0 : Math.Min(Dots / Arrivals, Longest);

    /// <summary>How many messages one dot stands for.</summary>
    public double Each => Level <= 0 ? 0 : Math.Max(1, Level * Seconds / Dots);

    private double Arrivals => Math.Min(Level, MostArrivals);

    /// <summary>All flows of the picture with messages.</summary>
    public static IReadOnlyList<Flow> AllOf(SeaState state) => [.. Travel(state).Where(flow => flow.Dots > 0)];

    /// <summary>The style of a dot.</summary>
    /// <param name="number">From 0.</param>
    public string Style(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"animation-name:{Edge.Animation};animation-duration:{Seconds:0.####}s;animation-delay:-{Seconds * number / Math.Max(1, Dots):0.####}s");

    private static IEnumerable<Flow> Travel(SeaState state)
    {
        var (queries, commands) = (state.Queue(MomQueues.DbQueries), state.Queue(MomQueues.DbCommands));
        var (steps, events) = (state.Queue(SeaMap.Steps), state.Queue(MomQueues.SocketNotifications));
        var (reads, urgent) = (queries?.PublishedPerSecond ?? 0, commands?.Urgent()?.PublishedPerSecond ?? 0);
        var (read, answered) = (queries?.DeliveredPerSecond ?? 0, commands?.Urgent()?.DeliveredPerSecond ?? 0);
        yield return new(SeaMap.UsersToPanel, "request", reads + urgent);
        yield return new(SeaMap.PanelToApi, "request", reads + urgent);
        yield return new(SeaMap.ApiToQueries, "request", reads);
        yield return new(SeaMap.ApiToCommands, "request", urgent);
        yield return new(SeaMap.QueriesToWorker, "request", read);
        yield return new(SeaMap.CommandsToWorker, "request", answered);
        yield return new(SeaMap.CommandsToWorker, "deferred", commands?.DeliveredPerSecond ?? 0);
        yield return new(SeaMap.WorkerToDatabase, "request", read + answered);
        yield return new(SeaMap.WorkerToDatabase, "deferred", commands?.DeliveredPerSecond ?? 0);
        yield return new(SeaMap.Replies, "request", read + answered);
        yield return new(SeaMap.WorkerToSteps, "deferred", steps?.PublishedPerSecond ?? 0);
        yield return new(SeaMap.StepsToWorker, "deferred", steps?.DeliveredPerSecond ?? 0);
        yield return new(SeaMap.WorkerToMath, "deferred", steps?.DeliveredPerSecond ?? 0);
        yield return new(SeaMap.OutcomesToCommands, "deferred", commands?.PublishedPerSecond ?? 0);
        yield return new(SeaMap.WorkerToEvents, "event", events?.PublishedPerSecond ?? 0);
        yield return new(SeaMap.EventsToSocket, "event", events?.DeliveredPerSecond ?? 0);
        yield return new(SeaMap.SocketToPanel, "event", events?.DeliveredPerSecond ?? 0);
        yield return new(SeaMap.PanelToUsers, "event", events?.DeliveredPerSecond ?? 0);
    }
}
