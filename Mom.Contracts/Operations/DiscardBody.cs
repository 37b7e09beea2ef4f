namespace Mom.Contracts.Operations;

/// <summary>Body of <c>POST /admin/dead-letters/{id}/discard</c>.</summary>
/// <param name="Reason">Why, for the audit; 1 to 500 characters.</param>
public sealed record DiscardBody(string? Reason = null);
