using Mom.Contracts.Jobs;

namespace Mom.Workers.Database.Model;

/// <summary>
/// The order of a job's operations and how far they are, as the job's rows say it: see <c>docs/job-graph.md</c>. Operations stand after the ones that they
/// come after, so that one pass tells all. A plain list is the graph in which each comes after the one before. Pure, and of one moment.
/// </summary>
internal sealed class JobGraph
{
    private readonly JobStepRow[] _steps;
    private readonly StepState[] _states;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly bool _isList;
    private readonly bool _takesNumbers;

    public JobGraph(JobRow job)
    {
        _steps = [.. job.InOrder()];
        _isList = !job.IsGraph;
        _takesNumbers = JobTypes.Find(job.Type)?.Input is JobInput.Numbers;
        _states = new StepState[_steps.Length];
        for (var place = 0; place < _steps.Length; place++)
        {
            _states[place] = StateOf(place);
            if (_steps[place].Name is { } name)
            {
                _places.TryAdd(name, place);
            }
        }

        var failed = FindFailure();
        Failure = failed is { } first ? _steps[first] : null;
        Current = Ready(failed is not null) is { Count: > 0 } ready ? ready : failed is not null && NextCompensation() is { } compensation ? [compensation] : [];
    }

    /// <summary>The failure that fails the job: the first one that no other operation waits for.</summary>
    public JobStepRow? Failure { get; }

    /// <summary>
    /// The operations that are in flight or are to be sent; none when the job has ended. After a <see cref="Failure"/> nothing begins any more: those in flight
    /// first, then one compensation after the other.
    /// </summary>
    public IReadOnlyList<JobStepRow> Current { get; }

    /// <summary>What a new run does again: what has no result or was compensated, all that comes after such, and every compensation.</summary>
    public IReadOnlyList<JobStepRow> Redone()
    {
        var again = new bool[_steps.Length];
        for (var place = 0; place < _steps.Length; place++)
        {
            var step = _steps[place];
            again[place] = step.Result is null || step.Compensates is not null || CompensationOf(step)?.Result is not null || Before(place).Any(before => before is { } known && again[known]);
        }

        return [.. _steps.Where((_, place) => again[place])];
    }

    /// <summary>How far the job is. Compensations do not count, nor does, while all goes well, what is not needed.</summary>
    public JobProgress Progress()
    {
        var counted = Enumerable.Range(0, _steps.Length)
            .Where(place => _steps[place].Compensates is null && (Failure is not null || _states[place] is not (StepState.Skipped or StepState.Failed)))
            .ToList();
        return new(counted.Count(place => _states[place] is StepState.Succeeded), counted.Count);
    }

    public bool IsSkipped(JobStepRow step) => step.Compensates is null && _states[Array.IndexOf(_steps, step)] is StepState.Skipped;

    /// <summary>The numbers of an operation, with results in the place of <c>$id</c>.</summary>
    public IReadOnlyList<string> Numbers(JobStepRow step) => _isList ? step.Numbers : [.. step.Numbers.Select(number => ResultFor(number) ?? number)];

    /// <summary>The first operation to be sent that cannot take the results that it is to take, and why, as a sentence for the user; <see langword="null"/> when there is none.</summary>
    public (JobStepRow Step, string Flaw)? FindFlaw()
    {
        foreach (var step in Current.Where(step => step.QueuedAt is null))
        {
            if (Flaw(step) is { } flaw)
            {
                return (step, flaw);
            }
        }

        return null;
    }

    private string? Flaw(JobStepRow step)
    {
        foreach (var operand in step.Operands())
        {
            var name = OperandSyntax.IdOf(operand)!;
            if (ResultFor(operand) is not { } result)
            {
                return $"There is no result of '{name}' to take.";
            }

            if (_takesNumbers && NumberSyntax.Flaw(result, step.Method) is { } flaw)
            {
                return $"It cannot take the result of '{name}', {OperandSyntax.Brief(result)}. {flaw}";
            }
        }

        return !_isList && Numbers(step).Sum(number => number.Length + 1) > JobLimits.CharactersPerOperation
            ? $"With the results that it takes, its numbers are more than {JobLimits.CharactersPerOperation:N0} characters together."
            : null;
    }

    private StepState StateOf(int place)
    {
        var step = _steps[place];
        if (step.HasOutcome)
        {
            return step.Result is not null ? StepState.Succeeded : StepState.Failed;
        }

        if (step.Compensates is not null)
        {
            return StepState.Waiting;
        }

        var after = After(place).Select(State).ToList();
        var operands = step.Operands().Select(operand => State(PlaceOf(OperandSyntax.IdOf(operand)!))).ToList();
        if (after.Concat(operands).Any(state => state is StepState.Waiting or StepState.Ready))
        {
            return StepState.Waiting;
        }

        var holds = step.Condition is JobConditions.Failed ? after.Contains(StepState.Failed) : after.TrueForAll(state => state is StepState.Succeeded);
        return holds && operands.TrueForAll(state => state is StepState.Succeeded) ? StepState.Ready : StepState.Skipped;
    }

    private int? FindFailure()
    {
        for (var place = 0; place < _steps.Length; place++)
        {
            if (_states[place] is StepState.Failed && _steps[place].Compensates is null && !IsHandled(place))
            {
                return place;
            }
        }

        return null;
    }

    private bool IsHandled(int failed) => !_isList && Enumerable.Range(failed + 1, _steps.Length - failed - 1).Any(place =>
        _steps[place].Condition is JobConditions.Failed && _states[place] is not StepState.Skipped && After(place).Contains(failed));

    // What is in flight counts first.
    private List<JobStepRow> Ready(bool failing) =>
    [
        .. _steps.Where((step, place) => _states[place] is StepState.Ready && (!failing || step.QueuedAt is not null))
            .OrderBy(step => step.QueuedAt is null)
            .Take(JobLimits.InFlight),
    ];

    private JobStepRow? NextCompensation()
    {
        for (var place = _steps.Length - 1; place >= 0; place--)
        {
            if (_states[place] is StepState.Succeeded && CompensationOf(_steps[place]) is { HasOutcome: false } compensation)
            {
                return compensation;
            }
        }

        return null;
    }

    private JobStepRow? CompensationOf(JobStepRow step) =>
        step.Name is { } name ? Array.Find(_steps, other => string.Equals(other.Compensates, name, StringComparison.Ordinal)) : null;

    private IEnumerable<int?> Before(int place) => After(place).Concat(_steps[place].Operands().Select(operand => PlaceOf(OperandSyntax.IdOf(operand)!)));

    private IEnumerable<int?> After(int place) =>
        _isList ? (place == 0 ? [] : [place - 1]) : (_steps[place].After ?? []).Select(PlaceOf);

    private int? PlaceOf(string name) => _places.TryGetValue(name, out var place) ? place : null;

    // The API refuses what is not there; should it come all the same, nothing waits for it.
    private StepState State(int? place) => place is { } known ? _states[known] : StepState.Skipped;

    private string? ResultFor(string number) => OperandSyntax.IdOf(number) is { } name && PlaceOf(name) is { } place ? _steps[place].Result : null;
}

/// <summary>How far one operation of a job is.</summary>
internal enum StepState
{
    /// <summary>An operation before it has no outcome yet.</summary>
    Waiting,

    /// <summary>To be worked on, or in flight.</summary>
    Ready,

    Succeeded,

    Failed,

    /// <summary>What it comes after went the other way.</summary>
    Skipped,
}
