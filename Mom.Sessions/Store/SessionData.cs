using Mom.Contracts.Users;

namespace Mom.Sessions.Store;

/// <summary>What is known of a session: who logged in, and as what.</summary>
/// <param name="User">As they were when they logged in.</param>
/// <param name="Role">See <see cref="UserRole"/>. At a renewal it is the present one.</param>
public sealed record SessionData(User User, string Role);

/// <summary>From where somebody logged in, as they said it: shown to the user, and believed by nobody.</summary>
/// <param name="Address">The address of the client, as text.</param>
/// <param name="UserAgent">The header of that name; at most 200 characters of it are kept.</param>
public sealed record SessionOrigin(string Address, string UserAgent)
{
    internal const int LongestUserAgent = 200;
}

/// <summary>A session that has begun or was renewed.</summary>
/// <param name="Id">The token's <c>sid</c>.</param>
/// <param name="TokenId">The id (<c>jti</c>) of the one token that is good from now on.</param>
/// <param name="EndsAt">When the session ends, whatever renewals.</param>
public sealed record OpenSession(string Id, string TokenId, DateTimeOffset EndsAt, SessionData Data);

/// <summary>A session as its user sees it in the list of their own.</summary>
/// <param name="ExpiresAt">When it ends if it is not renewed.</param>
/// <param name="EndsAt">When it ends, whatever renewals.</param>
public sealed record SessionInfo(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, DateTimeOffset EndsAt, string Address, string UserAgent);
