namespace Mom.Contracts.Users;

/// <summary>Answer of <c>POST /login</c> and <c>/renew-token</c>.</summary>
/// <param name="Iat">Issued at, in seconds since 1970-01-01 UTC (RFC 7519, section 4.1.6).</param>
/// <param name="Exp">Expires at, likewise (section 4.1.4).</param>
/// <param name="AccessToken">The JWT to send as <c>Authorization: Bearer</c>.</param>
public sealed record Session(
    Guid Id,
    string FirstName,
    string LastName,
    string Email,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Iat,
    long Exp,
    string AccessToken);
