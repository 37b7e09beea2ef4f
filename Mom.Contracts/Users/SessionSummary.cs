namespace Mom.Contracts.Users;

/// <summary>One of the caller's sessions, as <c>GET /session</c> lists them.</summary>
/// <param name="LastSeenAt">Exact to a minute.</param>
/// <param name="ExpiresAt">When it ends if it is not renewed.</param>
/// <param name="EndsAt">When it ends, whatever renewals.</param>
/// <param name="Address">Where the login came from.</param>
/// <param name="UserAgent">What the client said that it is.</param>
/// <param name="Current">Whether it is the one that asks.</param>
public sealed record SessionSummary(
    string Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset EndsAt,
    string Address,
    string UserAgent,
    bool Current);
