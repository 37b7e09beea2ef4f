namespace Mom.Workers.Database.Model;

/// <summary>Who did what to a dead letter, and when. Rows are only ever added.</summary>
internal sealed class DeadLetterAuditRow
{
    public long Id { get; init; }

    public long DeadLetterId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>An administrator's e-mail address, or <c>system</c>.</summary>
    public required string By { get; init; }

    /// <summary>See <see cref="DeadLetters.AuditAction"/>.</summary>
    public required string Action { get; init; }

    public string? Detail { get; init; }
}
