using System.Globalization;
using System.Security.Claims;
using Mom.Sessions.Tokens;

namespace Mom.Sessions;

/// <summary>Reads what a checked token says. To be used behind authorization only: a claim that is missing throws.</summary>
public static class ClaimsPrincipalExtensions
{
    /// <summary>The user's id.</summary>
    public static Guid UserId(this ClaimsPrincipal user) => Guid.Parse(user.Claim(MomClaims.Subject), CultureInfo.InvariantCulture);

    /// <summary>The session's id.</summary>
    public static string SessionId(this ClaimsPrincipal user) => user.Claim(MomClaims.Session);

    /// <summary>The id of this one token.</summary>
    public static string TokenId(this ClaimsPrincipal user) => user.Claim(MomClaims.TokenId);

    /// <summary>The value of a claim.</summary>
    /// <exception cref="InvalidOperationException">The token has no such claim.</exception>
    public static string Claim(this ClaimsPrincipal user, string type)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.FindFirst(type)?.Value ?? throw new InvalidOperationException($"The token has no claim '{type}'.");
    }
}
