using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>A job, as everybody outside the database sees it: the answer of the HTTP API, of RPC, and the body of events.</summary>
/// <param name="Type">The kind of job, such as <c>math</c>.</param>
/// <param name="Done">True in every terminal state.</param>
/// <param name="Details">The operations, in the order in which they are worked on.</param>
/// <param name="Error">Why the job failed.</param>
/// <param name="TraceId">The distributed trace that holds the job's whole life (W3C, 32 hex digits).</param>
/// <param name="RunAt">Not before this time; <see langword="null"/> for at once.</param>
/// <param name="Run">Which run this is, from 1; each retry is a new one.</param>
/// <param name="Reconciled">Why its current operation was queued anew without anybody asking, when that happened in this run.</param>
[Message("job.v1")]
public sealed record Job(
    Guid Id,
    string Type,
    JobStatus Status,
    bool Done,
    JobProgress Progress,
    IReadOnlyList<JobDetail> Details,
    string? Error,
    string? TraceId,
    DateTimeOffset? RunAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Run = 1,
    string? Reconciled = null);
