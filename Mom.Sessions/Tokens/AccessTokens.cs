using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Mom.Contracts.Users;
using Mom.Sessions.Store;

namespace Mom.Sessions.Tokens;

/// <summary>Issues access tokens (JWT, ES256).</summary>
public sealed class AccessTokens
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials;
    private readonly IOptions<JwtOptions> _options;
    private readonly TimeProvider _time;

    internal AccessTokens(TokenKeys keys, IOptions<JwtOptions> options, TimeProvider time) =>
        (_credentials, _options, _time) = (keys.Signing(), options, time);

    /// <summary>Issues the token of a session, valid from now on for <see cref="JwtOptions.Lifetime"/>, and no longer than the session lives.</summary>
    public Session Issue(OpenSession session)
    {
        ArgumentNullException.ThrowIfNull(session);

        var user = session.Data.User;
        var issued = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        var expires = issued + _options.Value.Lifetime;
        expires = expires < session.EndsAt ? expires : DateTimeOffset.FromUnixTimeSeconds(session.EndsAt.ToUnixTimeSeconds());
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenKeys.Issuer,
            Audience = TokenKeys.Audience,
            TokenType = TokenKeys.Type,
            IssuedAt = issued.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = _credentials,
            Claims = Claims(session),
        });

        return new Session(
            user.Id, user.FirstName, user.LastName, user.Email, user.CreatedAt, user.UpdatedAt,
            issued.ToUnixTimeSeconds(), expires.ToUnixTimeSeconds(), token);
    }

    private static Dictionary<string, object> Claims(OpenSession session) => new(StringComparer.Ordinal)
    {
        [MomClaims.Subject] = session.Data.User.Id.ToString(),
        [MomClaims.Session] = session.Id,
        [MomClaims.TokenId] = session.TokenId,
        [MomClaims.Email] = session.Data.User.Email,
        [MomClaims.GivenName] = session.Data.User.FirstName,
        [MomClaims.FamilyName] = session.Data.User.LastName,
        [MomClaims.Role] = session.Data.Role,
    };
}
