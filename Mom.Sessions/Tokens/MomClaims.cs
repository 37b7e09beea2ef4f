namespace Mom.Sessions.Tokens;

/// <summary>The claims of an access token, by their names in the token (RFC 7519, section 4.1, and OpenID Connect Core, section 5.1).</summary>
public static class MomClaims
{
    /// <summary>The user's id.</summary>
    public const string Subject = "sub";

    /// <summary>The session's id.</summary>
    public const string Session = "sid";

    /// <summary>This one token's id.</summary>
    public const string TokenId = "jti";

    public const string Email = "email";

    public const string GivenName = "given_name";

    public const string FamilyName = "family_name";

    /// <summary>See <see cref="Contracts.Users.UserRole"/>.</summary>
    public const string Role = "role";
}
