using Mom.Contracts.Jobs;

namespace Mom.Workers.Database.Model;

internal sealed class JobStepRow
{
    public Guid JobId { get; init; }

    /// <summary>From 0.</summary>
    public int Position { get; init; }

    public required string Method { get; init; }

    public required string[] Numbers { get; init; }

    public string? Result { get; set; }

    public string? Error { get; set; }

    /// <summary>In all runs together.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether there is an outcome; the first one counts.</summary>
    public bool HasOutcome => Result is not null || Error is not null;

    public JobDetail ToContract() => new(Method, Numbers, Result, Error, Attempts);

    public MathStep ToMessage(int run) => new(JobId, Position, Method, Numbers, run);
}
