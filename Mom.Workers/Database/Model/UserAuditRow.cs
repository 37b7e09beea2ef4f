namespace Mom.Workers.Database.Model;

/// <summary>Who changed what a user may do, and when. Rows are only ever added.</summary>
internal sealed class UserAuditRow
{
    public const string RoleChanged = "role-changed";
    public const string PasswordChanged = "password-changed";

    public long Id { get; init; }

    public Guid UserId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The e-mail address of who did it.</summary>
    public required string By { get; init; }

    /// <summary>One of the constants of this type.</summary>
    public required string Action { get; init; }

    public string? Detail { get; init; }
}
