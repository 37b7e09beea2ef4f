using Mom.Contracts.Users;

namespace Mom.Sessions.Store;

/// <summary>What is known of a session: who logged in, and as what.</summary>
/// <param name="User">As they were when they logged in.</param>
/// <param name="Role">See <see cref="UserRole"/>.</param>
public sealed record SessionData(User User, string Role);
