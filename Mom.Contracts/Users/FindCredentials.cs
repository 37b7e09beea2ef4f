using Mom.Messaging;

namespace Mom.Contracts.Users;

/// <summary>What the API needs to verify a password. Refused with <see cref="UserErrors.NotFound"/>, also for a user who is locked: nobody can tell the two apart.</summary>
/// <param name="Email">Compared without regard to case.</param>
[Message("user.find-credentials.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record FindCredentials(string Email) : IRequest<Credentials>;

/// <summary>A user with the hash of their password and their role (see <see cref="UserRole"/>).</summary>
[Message("user.credentials.v1")]
public sealed record Credentials(User User, string PasswordHash, string Role);
