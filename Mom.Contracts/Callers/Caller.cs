namespace Mom.Contracts.Callers;

/// <summary>On whose behalf a privileged message is sent.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Email">The user's e-mail address; what the audit trail names.</param>
/// <param name="Role">The user's role when the message was sent; see <see cref="Users.UserRole"/>.</param>
public sealed record Caller(Guid UserId, string Email, string Role)
{
    /// <summary>The header of a message that carries the assertion of its caller.</summary>
    public const string Header = "mom-caller";
}
