using Mom.Contracts.Operations;

namespace Mom.Workers.Database.Model;

/// <summary>One order for many dead letters, with how far it is. It survives restarts.</summary>
internal sealed class DeadLetterOperationRow
{
    public Guid Id { get; init; }

    public DeadLetterOperationKind Kind { get; init; }

    /// <summary>A <see cref="DeadLetterFilter"/> as JSON.</summary>
    public required string Filter { get; init; }

    /// <summary>Letters per second at most.</summary>
    public int PerSecond { get; init; }

    public string? Reason { get; init; }

    public required string By { get; init; }

    /// <summary>Letters that matched when it was ordered.</summary>
    public int Total { get; init; }

    public int Done { get; set; }

    public int Skipped { get; set; }

    /// <summary>Why the last one was skipped.</summary>
    public string? LastSkip { get; set; }

    /// <summary>The last letter that was looked at.</summary>
    public long Cursor { get; set; }

    /// <summary>The newest letter that matched when it was ordered: what dies later is not its business.</summary>
    public long Newest { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }
}
