namespace Mom.Contracts.Users;

/// <summary>Body of <c>POST /register</c> and <c>POST /user</c>.</summary>
public sealed record RegisterBody(string? FirstName = null, string? LastName = null, string? Email = null, string? Password = null);
