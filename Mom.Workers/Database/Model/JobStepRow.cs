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

    /// <summary>By what other operations of the job name it.</summary>
    public string? Name { get; init; }

    /// <summary>Names of operations that it comes after; <see langword="null"/> in a plain list, never in a graph.</summary>
    public string[]? After { get; init; }

    /// <summary><see cref="JobConditions.Failed"/>, or <see langword="null"/>.</summary>
    public string? Condition { get; init; }

    /// <summary>The name of the operation that it undoes when the job fails; it is not worked on in any other case.</summary>
    public string? Compensates { get; init; }

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

    /// <summary>The operands that are results of other operations.</summary>
    public IEnumerable<string> Operands() => After is null ? [] : Numbers.Where(number => OperandSyntax.IdOf(number) is not null);

    /// <param name="type">That of its job.</param>
    /// <param name="skipped">Whether its job goes on without it.</param>
    public JobDetail ToContract(JobType? type, bool skipped)
    {
        var text = type?.Input == JobInput.Text ? Numbers.FirstOrDefault() ?? string.Empty : null;
        return new(Method, text is null ? Numbers : [], Result, Error, Attempts, QueuedAt, StartedAt, FinishedAt, text, Name, After, Condition, Compensates, skipped);
    }
}
