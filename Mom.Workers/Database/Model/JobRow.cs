using Mom.Contracts.Jobs;

namespace Mom.Workers.Database.Model;

internal sealed class JobRow
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    public required string Type { get; init; }

    public JobStatus Status { get; set; }

    public string? Error { get; set; }

    public string? TraceId { get; init; }

    public DateTimeOffset? RunAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public List<JobStepRow> Steps { get; init; } = [];

    /// <summary>The operations in their order.</summary>
    public IEnumerable<JobStepRow> InOrder() => Steps.OrderBy(step => step.Position);

    public Job ToContract() => new(
        Id,
        Type,
        Status,
        Status.IsTerminal(),
        new JobProgress(Steps.Count(step => step.Result is not null), Steps.Count),
        [.. InOrder().Select(step => step.ToContract())],
        Error,
        TraceId,
        RunAt,
        CreatedAt,
        UpdatedAt);
}
