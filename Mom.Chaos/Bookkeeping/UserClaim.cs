namespace Mom.Chaos.Bookkeeping;

/// <summary>One registration that a client asked for.</summary>
/// <param name="Email">Who.</param>
/// <param name="IsAcknowledged">Whether the client was told 201.</param>
public sealed record UserClaim(string Email, bool IsAcknowledged);
