namespace Mom.Contracts.Users;

/// <summary>Body of <c>PUT /admin/users/{id}/role</c>, and its answer.</summary>
/// <param name="Role">See <see cref="UserRole"/>.</param>
public sealed record RoleBody(string? Role = null);
