using Mom.Contracts.Jobs;

namespace Mom.Workers.Database.Model;

internal sealed class JobRow
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    public required string Type { get; init; }

    public JobStatus Status { get; set; }

    public string? Error { get; set; }

    /// <summary>From 1; each retry is a new run, and what is left of an earlier one has no effect.</summary>
    public int Run { get; set; } = 1;

    public string? TraceId { get; set; }

    /// <summary>W3C context of the request that started the present run: what goes on by itself later goes on in its trace.</summary>
    public string? TraceParent { get; set; }

    public DateTimeOffset? RunAt { get; init; }

    /// <summary>How often the current operation was queued again in this run.</summary>
    public int Reconciliations { get; set; }

    public DateTimeOffset? ReconciledAt { get; set; }

    /// <summary>Why, for people.</summary>
    public string? ReconcileReason { get; set; }

    /// <summary>
    /// One more with each change, from 1: it says which of two states of the job is newer, which clocks of several workers cannot. Counted while the
    /// row is locked, and written on the condition that nobody else has counted meanwhile.
    /// </summary>
    public long Version { get; set; }

    /// <summary>
    /// Whether it waits for its turn: no operation of it is sent, because as many jobs of its user are under way as may be. Only of a job that is
    /// queued or running; false in every other state.
    /// </summary>
    public bool Waiting { get; set; }

    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>The key that it holds, or has held: see <see cref="JobKeyRow"/>.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>The recurring job that it was made for. Not a foreign key: jobs stay when that is deleted.</summary>
    public Guid? RecurringId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public List<JobStepRow> Steps { get; init; } = [];

    /// <summary>The operations in their order.</summary>
    public IEnumerable<JobStepRow> InOrder() => Steps.OrderBy(step => step.Position);

    /// <summary>Whether the operations say themselves what they come after; else each comes after the one before.</summary>
    public bool IsGraph => Steps.Exists(step => step.After is not null);

    public Job ToContract()
    {
        var type = JobTypes.Find(Type);
        var graph = IsGraph ? new JobGraph(this) : null;
        return new(
            Id,
            Type,
            Status,
            Status.IsTerminal(),
            graph?.Progress() ?? new JobProgress(Steps.Count(step => step.Result is not null), Steps.Count),
            [.. InOrder().Select(step => step.ToContract(type, graph?.IsSkipped(step) ?? false))],
            Error,
            TraceId,
            RunAt,
            CreatedAt,
            UpdatedAt,
            Run,
            ReconcileReason,
            Version,
            Waiting && Status == JobStatus.Queued,
            Priority,
            UniqueKey,
            RecurringId);
    }
}
