using Microsoft.IdentityModel.Tokens;

namespace Mom.Sessions.Tokens;

/// <summary>What a token must be like before its session is looked up.</summary>
internal static class TokenValidation
{
    public static TokenValidationParameters Parameters(TokenKeys keys) => new()
    {
        ValidIssuer = TokenKeys.Issuer,
        ValidAudience = TokenKeys.Audience,
        IssuerSigningKeys = keys.Checking,
        // The one that the token names, and no other.
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [TokenKeys.Algorithm],
        ValidTypes = [TokenKeys.Type],
        // Issuer and checker share a clock domain, and tokens live for minutes: no skew is forgiven.
        ClockSkew = TimeSpan.Zero,
        NameClaimType = MomClaims.Subject,
        RoleClaimType = MomClaims.Role,
    };
}
