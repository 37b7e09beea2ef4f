namespace Mom.Workers.Database.Model;

/// <summary>Who changed what a user may do, or acted on their jobs in their place, and when. Rows are only ever added.</summary>
internal sealed class UserAuditRow
{
    public long Id { get; init; }

    public Guid UserId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The e-mail address of who did it.</summary>
    public required string By { get; init; }

    /// <summary>One of <see cref="Contracts.Operations.UserAuditActions"/>.</summary>
    public required string Action { get; init; }

    public string? Detail { get; init; }
}
