using System.Globalization;
using Microsoft.AspNetCore.Components;
using Mom.Contracts.Operations;
using Mom.Panel.Admin.Feed;
using Mom.Panel.Admin.Parts;

namespace Mom.Panel.Admin.Sea;

/// <summary>The architecture as a live picture.</summary>
public sealed partial class SeaPicture : ComponentBase
{
    private const int MostStones = 36;
    private const int MostShown = 36;
    private const int MostProcesses = 8;

    private const int DbWorkerMiddle = 320;
    private const int JobWorkerMiddle = 710;
    private const int ProcessY = 594;

    // From the middle of a queue.
    private const int RetryX = (SeaMap.QueueWidth / 2) - 4;
    private const int RetryY = 338;

    // Of what moves slowly: the browser draws nothing in between.
    private const int StepsPerSecond = 12;

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
        Flows = Flow.AllOf(State);
        Description = Describe();
        if (_dead is { } before && State.Dead > before)
            _sunk++;
        if (State.IsKnown)
            _dead = State.Dead;
    }

    private static string Px(double number) => string.Create(CultureInfo.InvariantCulture, $"{number:0.#}px");

    private static string Gone(bool there) => there ? "" : "gone";

    private void Go(string address) => Navigation.NavigateTo(address);

    private string Describe() => State.IsKnown
        ? "The system as it is now. Users talk to the panel, the panel to the API, and the API leaves messages on the queues of the broker. "
            + string.Concat(SeaMap.Queues.Select(queue => State.Queue(queue.Name) is { } one
                ? $"{queue.Name} holds {Words.Count(one.Depth(), "message")}, {Words.Rate(one.In())} in and {Words.Rate(one.Out())} out. "
                : $"{queue.Name} is unknown. "))
            + $"{Words.Count(State.DbWorkers.Count, "db worker")} and {Words.Count(State.JobWorkers.Count, "job worker")} take them. "
            + $"{Words.Count(State.Dead, "dead letter")} wait for a decision. The same is in the list beside the picture."
        : "The picture of the system, without figures so far.";

    private string QueueTitle(string name, string carries, QueueStatus? queue) => queue is null
        ? $"{name}: {carries}. The broker cannot be asked."
        : string.Join('\n', State.QueuesOf(name).Select(each => $"{each.Name}: {carries}. {Queues.QueueReason.Of(each, View)}"));

    private static string WorkersTitle(string what, IReadOnlyList<WorkerStatus> workers) => workers.Count == 0
        ? $"{what} No process is connected."
        : $"{what} {Words.Count(workers.Sum(worker => worker.Working.Count), "message")} in flight in {workers.Count} {(workers.Count == 1 ? "process" : "processes")}.";

    private static string ProcessTone(WorkerStatus worker) => worker.Drained ? "drained" : worker.Working.Count > 0 ? "busy" : "idle";

    // Scattered, but the same in each rendering.
    private static (string X, string Y) Stone(int number) => (Units(940 + (212 * Fraction(number * 0.618034))), Units(818 - (46 * Fraction(number * 0.754878))));

    /// <summary>The process dots of a worker, each with its place.</summary>
    private static IEnumerable<(WorkerStatus Worker, int X)> ProcessesOf(IReadOnlyList<WorkerStatus> workers, int middle)
    {
        var first = middle - ((Math.Min(workers.Count, MostProcesses) - 1) * 11);
        return workers.Take(MostProcesses).Select((worker, number) => (worker, first + (number * 22)));
    }

    /// <summary>The style of an element of HTML whose middle is at a point of the view box.</summary>
    private static string At(int x, int y) => $"left:{SeaMap.Width(x)};top:{SeaMap.Width(y)}";

    private static string Bubble(int number)
    {
        var (size, seconds) = (SeaMap.Width(5 + (number % 3 * 2)), 13 + (number % 4 * 3));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{At(90 + (number * 137 % 1030), 760)};width:{size};height:{size};animation-duration:{seconds}s;animation-delay:-{number * 2.5:0.0}s;animation-timing-function:steps({seconds * StepsPerSecond})");
    }

    private static double Fraction(double number) => number - Math.Floor(number);

    private static string Units(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static string PlaceOf(int number, double top) => string.Create(CultureInfo.InvariantCulture, $"translate({number % 12 * 14:0} {top + (number / 12 * 13):0})");
}
