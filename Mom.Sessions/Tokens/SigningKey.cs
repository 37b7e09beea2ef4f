using Microsoft.IdentityModel.Tokens;

namespace Mom.Sessions.Tokens;

/// <summary>Who issues tokens, for whom, and with which key.</summary>
internal static class SigningKey
{
    public const string Issuer = "mom";
    public const string Audience = "mom";
    public const string Algorithm = SecurityAlgorithms.HmacSha256;

    public static SymmetricSecurityKey From(JwtOptions options) => new(Convert.FromBase64String(options.Key));
}
