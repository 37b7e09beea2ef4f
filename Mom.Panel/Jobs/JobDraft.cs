using Mom.Contracts.Jobs;

namespace Mom.Panel.Jobs;

/// <summary>A job while somebody writes it.</summary>
public sealed class JobDraft
{
    private readonly List<OperationDraft> _operations = [new()];
    private (string Content, string Key)? _sent;

    /// <summary>In the order in which they are worked on; never empty.</summary>
    public IReadOnlyList<OperationDraft> Operations => _operations;

    public bool CanAdd => _operations.Count < JobLimits.Operations;

    /// <summary>Adds an operation of the same method as the last.</summary>
    public OperationDraft Add()
    {
        var operation = new OperationDraft { Method = _operations[^1].Method };
        _operations.Add(operation);
        return operation;
    }

    /// <summary>Takes an operation away.</summary>
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
        _sent = null;
    }

    public CreateJobBody ToBody() => new(
        MathMethods.JobType,
        [.. Operations.Select(operation => new CreateJobDetail(operation.Method, NumberList.Parse(operation.Numbers)))]);

    /// <summary>
    /// The idempotency key to send this draft with: the same as long as the draft is the same, so that a double click, or another
    /// try after an error that left it open whether the job was accepted, makes one job.
    /// </summary>
    public string Key()
    {
        var content = string.Join('\n', Operations.Select(operation => $"{operation.Method} {operation.Numbers}"));
        if (_sent is not { } sent || !string.Equals(sent.Content, content, StringComparison.Ordinal))
            _sent = sent = (content, Guid.NewGuid().ToString());
        return sent.Key;
    }
}
