using System.Globalization;
using Mom.Contracts.Jobs;

namespace Mom.Panel.Jobs;

/// <summary>A job that is being edited.</summary>
public sealed class JobDraft
{
    // Those of the types that are not chosen are kept, in case their user comes back to them.
    private readonly Dictionary<JobType, List<OperationDraft>> _operationsOf = [];
    private List<OperationDraft> _operations = [new()];
    private (string Content, string Key, DateTimeOffset? RunAt)? _sent;

    /// <summary>The kind of job.</summary>
    public JobType Type { get; private set; } = JobTypes.All[0];

    /// <summary>In the order of execution, all of the one type; never empty.</summary>
    public IReadOnlyList<OperationDraft> Operations => _operations;

    public JobStart Start { get; set; } = JobStart.AtOnce;

    public JobPriority Priority { get; set; } = JobPriority.Normal;

    /// <summary>The key of which there is to be one job at a time; empty for none.</summary>
    public string UniqueKey { get; set; } = "";

    public bool CanAdd => _operations.Count < JobLimits.Operations;

    /// <summary>How many operations can be added. An empty one is replaced.</summary>
    public int Room => JobLimits.Operations - _operations.Count(operation => operation.Input.Length > 0);

    /// <summary>Makes it a job of another type, with the operations that it had as such.</summary>
    public void Become(JobType type)
    {
        _operationsOf[Type] = _operations;
        (Type, _operations) = (type, _operationsOf.GetValueOrDefault(type) ?? [new(type)]);
    }

    /// <summary>Adds an operation of the same method as the last.</summary>
    public OperationDraft Add()
    {
        var operation = new OperationDraft(Type) { Method = _operations[^1].Method };
        _operations.Add(operation);
        return operation;
    }

    /// <summary>Adds complete operations; empty ones are replaced.</summary>
    public void Add(IEnumerable<OperationDraft> operations)
    {
        _operations.RemoveAll(operation => string.IsNullOrWhiteSpace(operation.Input));
        _operations.AddRange(operations);
    }

    /// <summary>Becomes a copy of a former job, to be started at once.</summary>
    public void Repeat(Job job)
    {
        Clear();
        Become(JobTypes.Find(job.Type) ?? Type);
        Add(job.Details.Select(detail => OperationDraft.Of(Type, new Operation(detail.Method, detail.Text is { } text ? [text] : detail.Numbers), detail)));
    }

    /// <summary>Removes an operation.</summary>
    /// <returns>The one that is in its place now, or the last.</returns>
    public OperationDraft Remove(OperationDraft operation)
    {
        var index = _operations.IndexOf(operation);
        _operations.RemoveAt(index);
        return _operations[Math.Min(index, _operations.Count - 1)];
    }

    /// <param name="by">By how many places: -1 is up.</param>
    public void Move(OperationDraft operation, int by)
    {
        var index = _operations.IndexOf(operation);
        _operations.RemoveAt(index);
        _operations.Insert(index + by, operation);
    }

    /// <summary>A small job of the same type.</summary>
    public void FillWithExample()
    {
        _operations.Clear();
        _operations.AddRange(Type.Examples.Select(example => OperationDraft.Of(Type, example)));
        if (_operations.Count == 0)
            _operations.Add(new(Type));
    }

    public void Clear()
    {
        _operationsOf.Clear();
        _operations.Clear();
        _operations.Add(new OperationDraft(Type));
        Start = JobStart.AtOnce;
        (Priority, UniqueKey) = (JobPriority.Normal, "");
        _sent = null;
    }

    /// <summary>
    /// What to send, and the idempotency key to send it with: the same as long as the draft is the same, so that a double click, or
    /// another try after an error that left it open whether the job was accepted, makes one job.
    /// </summary>
    /// <param name="now">From when a delay counts, at the first try.</param>
    public (CreateJobBody Body, string Key) ToOrder(DateTimeOffset now)
    {
        var content = string.Join(
            '\n', Operations.Select(operation => $"{operation.Method} {operation.Input} {operation.Former?.Place()}").Prepend(Type.Name).Append($"{Start} {Priority} {UniqueKey}"));
        if (_sent is not { } sent || !string.Equals(sent.Content, content, StringComparison.Ordinal))
            _sent = sent = (content, Guid.NewGuid().ToString(), Start.From(now));

        var body = new CreateJobBody(
            Type.Name,
            [.. Operations.Select(operation => operation.ToDetail())],
            sent.RunAt?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            string.IsNullOrWhiteSpace(UniqueKey) ? null : new UniqueJob(UniqueKey.Trim()),
            Priority == JobPriority.Normal ? null : Priority.Word());
        return (body, sent.Key);
    }
}

/// <summary>An operation that is being edited.</summary>
/// <param name="type">Of which type of job.</param>
public sealed class OperationDraft(JobType type)
{
    public OperationDraft()
        : this(JobTypes.All[0])
    {
    }

    public JobType Type { get; } = type;

    /// <summary>One of the methods of the type.</summary>
    public string Method { get; set; } = type.Methods[0];

    /// <summary>A comma list, where the type takes numbers.</summary>
    public string Numbers { get; set; } = "";

    /// <summary>Where the type takes a text.</summary>
    public string Text { get; set; } = "";

    /// <summary>What it is given, as typed.</summary>
    public string Input => Type.Input is JobInput.Text ? Text : Numbers;

    /// <summary>The operation of a former job that this is a copy of: it has the same place in the graph.</summary>
    public JobDetail? Former { get; private init; }

    public static OperationDraft Of(JobType type, Operation operation, JobDetail? former = null) => type.Input is JobInput.Text
        ? new(type) { Method = operation.Method, Text = operation.Numbers[0], Former = former }
        : new(type) { Method = operation.Method, Numbers = string.Join(", ", operation.Numbers), Former = former };

    /// <summary>What is wrong with what it is given, as a sentence; <see langword="null"/> when nothing is.</summary>
    public string? Check() => Type.Input is JobInput.Numbers ? NumberList.Check(Numbers, Method)
        : Text.Length == 0 ? "Enter a text."
        : Text.Length > JobLimits.CharactersPerText ? string.Create(CultureInfo.InvariantCulture, $"At most {JobLimits.CharactersPerText} characters; these are {Text.Length}.")
        : null;

    public CreateJobDetail ToDetail() => (Type.Input is JobInput.Text ? new CreateJobDetail(Method, Text: Text) : new(Method, NumberList.Parse(Numbers))) with
    {
        Id = Former?.Id,
        After = Former is { Compensates: null } ? Former.After : null,
        When = Former?.When,
        Compensates = Former?.Compensates,
    };
}
