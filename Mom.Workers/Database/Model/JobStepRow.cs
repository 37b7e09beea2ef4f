using Mom.Contracts.Jobs;

namespace Mom.Workers.Database.Model;

internal sealed class JobStepRow
{
    public Guid JobId { get; init; }

    /// <summary>From 0.</summary>
    public int Position { get; init; }

    public required string Method { get; init; }

    /// <summary>What it is given: numbers, or the one text of a job whose type takes a text.</summary>
    public required string[] Numbers { get; init; }

    public string? Result { get; set; }

    public string? Error { get; set; }

    /// <summary>In all runs together.</summary>
    public int Attempts { get; set; }

    /// <summary>When its message was written to the outbox, in this run; a message that is sent once more leaves it as it is.</summary>
    public DateTimeOffset? QueuedAt { get; set; }

    /// <summary>When a worker began its last attempt, by the clock of that worker.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When its outcome was stored.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Whether there is an outcome; the first one counts.</summary>
    public bool HasOutcome => Result is not null || Error is not null;

    public JobDetail ToContract(JobType? type) => type?.Input == JobInput.Text
        ? new(Method, [], Result, Error, Attempts, QueuedAt, StartedAt, FinishedAt, Numbers.FirstOrDefault() ?? string.Empty)
        : new(Method, Numbers, Result, Error, Attempts, QueuedAt, StartedAt, FinishedAt);
}
