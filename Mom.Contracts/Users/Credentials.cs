using Mom.Messaging;

namespace Mom.Contracts.Users;

/// <summary>A user with the hash of their password and their role (see <see cref="UserRole"/>).</summary>
[Message("user.credentials.v1")]
public sealed record Credentials(User User, string PasswordHash, string Role);
