using Microsoft.IdentityModel.Tokens;

namespace Mom.Sessions.Tokens;

/// <summary>What a token must be like before its session is looked up.</summary>
internal static class TokenValidation
{
    public static TokenValidationParameters Parameters(JwtOptions options) => new()
    {
        ValidIssuer = SigningKey.Issuer,
        ValidAudience = SigningKey.Audience,
        IssuerSigningKey = SigningKey.From(options),
        ValidAlgorithms = [SigningKey.Algorithm],
        // Issuer and checker share a clock domain, and tokens live for minutes: no skew is forgiven.
        ClockSkew = TimeSpan.Zero,
        NameClaimType = MomClaims.Subject,
        RoleClaimType = MomClaims.Role,
    };
}
