using System.Text.Json.Serialization;
using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>A job, as everybody outside the database sees it: the answer of the HTTP API, of RPC, and the body of events.</summary>
/// <param name="Type">The kind of job, such as <c>math</c>; see <see cref="JobTypes"/>.</param>
/// <param name="Done">True in every terminal state.</param>
/// <param name="Details">The operations, in the order in which they were ordered; each stands after those that it comes after.</param>
/// <param name="Error">Why the job failed.</param>
/// <param name="TraceId">The distributed trace that holds the job's whole life (W3C, 32 hex digits).</param>
/// <param name="RunAt">Not before this time; <see langword="null"/> for at once.</param>
/// <param name="UpdatedAt">By the clock of the worker that changed it: for people. Which of two states is newer, <paramref name="Version"/> says.</param>
/// <param name="Run">Which run this is, from 1; each retry is a new one.</param>
/// <param name="Reconciled">Why its current operation was queued again without anybody asking, when that happened in this run.</param>
/// <param name="Version">
/// From 1, higher with each change of the job: of two states the one with the higher version is the newer. 0 from a sender that does not count yet.
/// </param>
/// <param name="Waiting">Whether it is queued and waits for its turn: as many jobs of its user are under way as may be.</param>
/// <param name="Priority">Before which other jobs it comes.</param>
/// <param name="UniqueKey">The key that it was ordered with: see <see cref="UniqueJob"/>.</param>
/// <param name="RecurringId">The recurring job that it was made for.</param>
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
    string? Reconciled = null,
    long Version = 0,
    bool Waiting = false,
    JobPriority Priority = JobPriority.Normal,
    string? UniqueKey = null,
    Guid? RecurringId = null)
{
    /// <summary>
    /// Whether this is a later state of the same job than <paramref name="other"/>. Where one of them has no version, and where both have the same,
    /// the clock decides.
    /// </summary>
    public bool IsNewerThan(Job other) =>
        Version > 0 && other.Version > 0 && Version != other.Version ? Version > other.Version : UpdatedAt > other.UpdatedAt;
}

/// <summary>How far a job is, in operations. Those of a graph that are not needed do not count, nor do compensations.</summary>
public sealed record JobProgress(int Completed, int Total);

/// <summary>One operation of a job with its outcome.</summary>
/// <param name="Method">One of the methods of the job's type.</param>
/// <param name="Numbers">Strings, so that they are exact at any size; <c>$id</c> for the result of another operation. Empty in a job that is given no numbers.</param>
/// <param name="Result">Likewise a string; <see langword="null"/> until there is one.</param>
/// <param name="Error">Why this operation failed.</param>
/// <param name="Attempts">How often the operation was tried, in all runs together.</param>
/// <param name="QueuedAt">When its message was written for the workers, in the run that the outcome is of.</param>
/// <param name="StartedAt">When a worker began its last attempt, by the clock of that worker.</param>
/// <param name="FinishedAt">When its outcome was stored, in one transaction with what follows from it.</param>
/// <param name="Text">What it is given in a job of type <c>text</c>, in place of numbers.</param>
/// <param name="Id">By what other operations of the job name it.</param>
/// <param name="After">In a graph, the ids of operations that it comes after, beside those whose results it takes; <see langword="null"/> in a plain list.</param>
/// <param name="When"><see cref="JobConditions.Failed"/> when it is worked on only if one of those failed.</param>
/// <param name="Compensates">The id of the operation that it undoes when the job fails.</param>
/// <param name="Skipped">Whether it is not worked on because what it comes after went the other way.</param>
public sealed record JobDetail(
    string Method,
    IReadOnlyList<string> Numbers,
    string? Result,
    string? Error,
    int Attempts,
    DateTimeOffset? QueuedAt = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? FinishedAt = null,
    string? Text = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? After = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? When = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Compensates = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Skipped = false);
