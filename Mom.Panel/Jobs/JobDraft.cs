using System.Globalization;
using Mom.Contracts.Jobs;

namespace Mom.Panel.Jobs;

/// <summary>A job that is being edited.</summary>
public sealed class JobDraft
{
    private readonly List<OperationDraft> _operations = [new()];
    private (string Content, string Key, DateTimeOffset? RunAt)? _sent;

    /// <summary>In the order of execution; never empty.</summary>
    public IReadOnlyList<OperationDraft> Operations => _operations;

    public JobStart Start { get; set; } = JobStart.AtOnce;

    public JobPriority Priority { get; set; } = JobPriority.Normal;

    /// <summary>The key of which there is to be one job at a time; empty for none.</summary>
    public string UniqueKey { get; set; } = "";

    public bool CanAdd => _operations.Count < JobLimits.Operations;

    /// <summary>How many operations can be added. An empty one is replaced.</summary>
    public int Room => JobLimits.Operations - _operations.Count(operation => operation.Numbers.Length > 0);

    /// <summary>Adds an operation of the same method as the last.</summary>
    public OperationDraft Add()
    {
        var operation = new OperationDraft { Method = _operations[^1].Method };
        _operations.Add(operation);
        return operation;
    }

    /// <summary>Adds complete operations; empty ones are replaced.</summary>
    public void Add(IEnumerable<OperationDraft> operations)
    {
        _operations.RemoveAll(operation => string.IsNullOrWhiteSpace(operation.Numbers));
        _operations.AddRange(operations);
    }

    /// <summary>Becomes a copy of a former job, to be started at once.</summary>
    public void Repeat(Job job)
    {
        Clear();
        Add(job.Details.Select(detail => new OperationDraft { Method = detail.Method, Numbers = string.Join(", ", detail.Numbers) }));
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

    /// <summary>A small job that uses three kinds of operation.</summary>
    public void FillWithExample()
    {
        _operations.Clear();
        _operations.AddRange(
        [
            new() { Method = "add", Numbers = "1, 2, 3" },
            new() { Method = "multiply", Numbers = "6, 7" },
            new() { Method = "factors", Numbers = "360" },
        ]);
    }

    public void Clear()
    {
        _operations.Clear();
        _operations.Add(new OperationDraft());
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
        var content = string.Join('\n', Operations.Select(operation => $"{operation.Method} {operation.Numbers}").Append($"{Start} {Priority} {UniqueKey}"));
        if (_sent is not { } sent || !string.Equals(sent.Content, content, StringComparison.Ordinal))
            _sent = sent = (content, Guid.NewGuid().ToString(), Start.From(now));

        var body = new CreateJobBody(
            MathMethods.JobType,
            [.. Operations.Select(operation => new CreateJobDetail(operation.Method, NumberList.Parse(operation.Numbers)))],
            sent.RunAt?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            string.IsNullOrWhiteSpace(UniqueKey) ? null : new UniqueJob(UniqueKey.Trim()),
            Priority == JobPriority.Normal ? null : Priority.Word());
        return (body, sent.Key);
    }
}

/// <summary>An operation that is being edited.</summary>
public sealed class OperationDraft
{
    /// <summary>See <see cref="Contracts.Jobs.MathMethods"/>.</summary>
    public string Method { get; set; } = "add";

    /// <summary>A comma list.</summary>
    public string Numbers { get; set; } = "";
}
