namespace Mom.Messaging.EntityFrameworkCore.DeadLetters;

/// <summary>One order for many dead letters, with how far it is. It survives restarts.</summary>
public sealed class DeadLetterOperationRow
{
    /// <summary>Chosen by the caller: the same id is one operation.</summary>
    public Guid Id { get; init; }

    /// <summary>What is done.</summary>
    public DeadLetterOperationKind Kind { get; init; }

    /// <summary>A <see cref="DeadLetterFilter"/> as JSON.</summary>
    public required string Filter { get; init; }

    /// <summary>Letters per second at most.</summary>
    public int PerSecond { get; init; }

    /// <summary>Why, for the audit.</summary>
    public string? Reason { get; init; }

    /// <summary>Who has ordered it.</summary>
    public required string By { get; init; }

    /// <summary>Letters that matched when it was ordered.</summary>
    public int Total { get; init; }

    /// <summary>Dead letters that were replayed or discarded.</summary>
    public int Done { get; set; }

    /// <summary>Dead letters that could not be, or on which others decided meanwhile.</summary>
    public int Skipped { get; set; }

    /// <summary>Why the last one was skipped.</summary>
    public string? LastSkip { get; set; }

    /// <summary>The last letter that was looked at.</summary>
    public long Cursor { get; set; }

    /// <summary>The newest letter that matched when it was ordered: what dies later is not its business.</summary>
    public long Newest { get; init; }

    /// <summary>When it was ordered.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary><see langword="null"/> while it is under way.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary><see cref="Filter"/> as it was given.</summary>
    public DeadLetterFilter Wanted() => DeadLetterFilter.FromJson(Filter);
}

/// <summary>What is done to many dead letters.</summary>
public enum DeadLetterOperationKind
{
    /// <summary>Send them to their queues once more.</summary>
    Replay,

    /// <summary>Give them up.</summary>
    Discard,
}
