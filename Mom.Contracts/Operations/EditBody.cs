namespace Mom.Contracts.Operations;

/// <summary>Body of <c>PUT /admin/dead-letters/{id}/body</c>.</summary>
/// <param name="Body">What a replay shall send, as text.</param>
public sealed record EditBody(string? Body = null);
