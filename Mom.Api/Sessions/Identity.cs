namespace Mom.Api.Sessions;

/// <summary>Answer of <c>GET /auth-test</c>.</summary>
internal sealed record Identity(Guid Id, string Email, string Role);
