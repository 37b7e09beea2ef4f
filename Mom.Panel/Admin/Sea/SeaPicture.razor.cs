using System.Globalization;
using Microsoft.AspNetCore.Components;
using Mom.Contracts;
using Mom.Contracts.Operations;
using Mom.Panel.Admin.Feed;
using Mom.Panel.Admin.Parts;

namespace Mom.Panel.Admin.Sea;

/// <summary>The architecture as a live picture.</summary>
public sealed partial class SeaPicture : ComponentBase
{
    private const int MostStones = 36;
    private const int MostShown = 36;

    private long? _dead;
    private int _sunk;

    [Parameter, EditorRequired] public AdminSnapshot View { get; set; } = AdminSnapshot.None;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private SeaState State { get; set; } = new(AdminSnapshot.None);

    private IReadOnlyList<Flow> Flows { get; set; } = [];

    private string Description { get; set; } = "";

    protected override void OnParametersSet()
    {
        State = new SeaState(View);
        Flows = [.. Travel().Where(flow => flow.Dots > 0)];
        Description = Describe();
        if (_dead is { } before && State.Dead > before)
            _sunk++;
        if (State.IsKnown)
            _dead = State.Dead;
    }

    private static string Px(double number) => string.Create(CultureInfo.InvariantCulture, $"{number:0.#}px");

    private static string Gone(bool there) => there ? "" : "gone";

    private void Go(string address) => Navigation.NavigateTo(address);

    private IEnumerable<Flow> Travel()
    {
        var (queries, commands) = (State.Queue(MomQueues.DbQueries), State.Queue(MomQueues.DbCommands));
        var (steps, events) = (State.Queue(MomQueues.MathSteps), State.Queue(MomQueues.SocketNotifications));
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

    private string Describe() => State.IsKnown
        ? "The system as it is now. Users talk to the panel, the panel to the API, and the API leaves messages on the queues of the broker. "
            + string.Concat(SeaMap.Queues.Select(queue => State.Queue(queue.Name) is { } one
                ? $"{queue.Name} holds {Words.Count(one.Depth(), "message")}, {Words.Rate(one.In())} in and {Words.Rate(one.Out())} out. "
                : $"{queue.Name} is unknown. "))
            + $"{Words.Count(State.DbWorkers.Count, "db worker")} and {Words.Count(State.MathWorkers.Count, "math worker")} take them. "
            + $"{Words.Count(State.Dead, "dead letter")} wait for a decision. The same is in the list beside the picture."
        : "The picture of the system, without figures so far.";

    private string QueueTitle(string name, string carries, QueueStatus? queue) => queue is null
        ? $"{name}: {carries}. The broker cannot be asked."
        : $"{name}: {carries}. {Queues.QueueReason.Of(queue, View)}";

    private static string WorkersTitle(string what, IReadOnlyList<WorkerStatus> workers) => workers.Count == 0
        ? $"{what} No process is connected."
        : $"{what} {Words.Count(workers.Sum(worker => worker.Working.Count), "message")} in flight in {workers.Count} {(workers.Count == 1 ? "process" : "processes")}.";

    private static string ProcessTone(WorkerStatus worker) => worker.Drained ? "drained" : worker.Working.Count > 0 ? "busy" : "idle";

    // Scattered, and always in the same way.
    private static (string X, string Y) Stone(int number) => (Units(940 + (212 * Fraction(number * 0.618034))), Units(818 - (46 * Fraction(number * 0.754878))));

    private static double Fraction(double number) => number - Math.Floor(number);

    private static string Units(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static string PlaceOf(int number, double top) => string.Create(CultureInfo.InvariantCulture, $"translate({number % 12 * 14:0} {top + (number / 12 * 13):0})");
}
