namespace Mom.Contracts.Users;

/// <summary>Body of <c>PUT /admin/users/{id}/lock</c>, and its answer.</summary>
/// <param name="Locked">Whether the user is kept out.</param>
/// <param name="Reason">For the audit trail, at most 500 characters; not in the answer.</param>
public sealed record LockBody(bool? Locked = null, string? Reason = null);
