using Mom.Contracts.Users;

namespace Mom.Contracts.Operations;

/// <summary>A user as administrators see them.</summary>
/// <param name="Role">See <see cref="UserRole"/>.</param>
/// <param name="Jobs">How many jobs they have ordered.</param>
public sealed record AdminUser(User User, string Role, int Jobs);
