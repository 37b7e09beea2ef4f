namespace Mom.Contracts.Users;

/// <summary>Body of <c>POST /login</c>.</summary>
public sealed record LoginBody(string? Email = null, string? Password = null);
