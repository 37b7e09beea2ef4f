using System.Globalization;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Mom.Contracts.Users;

namespace Mom.Panel.Session;

/// <summary>The user who is logged in, with the API's token.</summary>
/// <param name="Id">Of the session, not of the user: all tokens of one session share it, and it is revoked as a whole.</param>
/// <param name="IssuedAt">When the API issued the token.</param>
/// <param name="ExpiresAt">When the token expires.</param>
public sealed record PanelSession(
    string Id,
    Guid UserId,
    string FirstName,
    string LastName,
    string Email,
    string Role,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    string AccessToken)
{
    /// <summary>Whether to show the pages of administrators. The API decides it anew at every call.</summary>
    public bool IsAdministrator => string.Equals(Role, UserRole.Admin, StringComparison.Ordinal);

    /// <summary>Creates a session from the API's answer to a login or a renewal.</summary>
    /// <remarks>The token's signature is not checked here: it came from the API itself, and the API checks it at every call.</remarks>
    public static PanelSession From(Contracts.Users.Session session)
    {
        var token = new JsonWebToken(session.AccessToken);
        return new(
            token.GetClaim(PanelClaims.SessionId).Value,
            session.Id,
            session.FirstName,
            session.LastName,
            session.Email,
            token.GetClaim(PanelClaims.Role).Value,
            DateTimeOffset.FromUnixTimeSeconds(session.Iat),
            DateTimeOffset.FromUnixTimeSeconds(session.Exp),
            session.AccessToken);
    }

    /// <summary>Reads the session from the panel's cookie; <see langword="null"/> when nobody is logged in.</summary>
    public static PanelSession? From(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true }
            ? new(
                Value(principal, PanelClaims.SessionId),
                Guid.Parse(Value(principal, PanelClaims.Subject), CultureInfo.InvariantCulture),
                Value(principal, PanelClaims.FirstName),
                Value(principal, PanelClaims.LastName),
                Value(principal, PanelClaims.Email),
                Value(principal, PanelClaims.Role),
                Time(principal, PanelClaims.IssuedAt),
                Time(principal, PanelClaims.ExpiresAt),
                Value(principal, PanelClaims.AccessToken))
            : null;

    /// <summary>What the cookie holds, encrypted.</summary>
    public ClaimsPrincipal ToPrincipal()
    {
        Claim[] claims =
        [
            new(PanelClaims.SessionId, Id),
            new(PanelClaims.Subject, UserId.ToString()),
            new(PanelClaims.FirstName, FirstName),
            new(PanelClaims.LastName, LastName),
            new(PanelClaims.Email, Email),
            new(PanelClaims.Role, Role),
            new(PanelClaims.IssuedAt, Seconds(IssuedAt)),
            new(PanelClaims.ExpiresAt, Seconds(ExpiresAt)),
            new(PanelClaims.AccessToken, AccessToken),
        ];
        return new(new ClaimsIdentity(claims, SessionCookie.Scheme, PanelClaims.Email, PanelClaims.Role));
    }

    // A record prints all its members, and the token must not appear in logs.
    public override string ToString() => $"Session {Id} of user {UserId}";

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(ClaimsPrincipal principal, string claim) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(Value(principal, claim), CultureInfo.InvariantCulture));

    private static string Value(ClaimsPrincipal principal, string claim) =>
        principal.FindFirstValue(claim) ?? throw new InvalidOperationException($"The panel's cookie has no claim '{claim}'.");
}
