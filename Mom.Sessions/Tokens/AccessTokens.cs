using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Mom.Contracts.Users;
using Mom.Sessions.Store;

namespace Mom.Sessions.Tokens;

/// <summary>Issues access tokens (JWT, HS256).</summary>
public sealed class AccessTokens(IOptions<JwtOptions> options, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(SigningKey.From(options.Value), SigningKey.Algorithm);

    /// <summary>Issues a token for a session, valid from now on for <see cref="JwtOptions.Lifetime"/>.</summary>
    public Session Issue(string sid, SessionData data)
    {
        ArgumentNullException.ThrowIfNull(data);

        var user = data.User;
        var issued = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var expires = issued + options.Value.Lifetime;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = SigningKey.Issuer,
            Audience = SigningKey.Audience,
            IssuedAt = issued.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = _credentials,
            Claims = Claims(sid, data),
        });

        return new Session(
            user.Id, user.FirstName, user.LastName, user.Email, user.CreatedAt, user.UpdatedAt,
            issued.ToUnixTimeSeconds(), expires.ToUnixTimeSeconds(), token);
    }

    private static Dictionary<string, object> Claims(string sid, SessionData data) => new(StringComparer.Ordinal)
    {
        [MomClaims.Subject] = data.User.Id.ToString(),
        [MomClaims.Session] = sid,
        [MomClaims.TokenId] = Guid.NewGuid().ToString("N"),
        [MomClaims.Email] = data.User.Email,
        [MomClaims.GivenName] = data.User.FirstName,
        [MomClaims.FamilyName] = data.User.LastName,
        [MomClaims.Role] = data.Role,
    };
}
