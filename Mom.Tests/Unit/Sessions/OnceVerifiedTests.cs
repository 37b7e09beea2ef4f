using System.Security.Claims;
using Microsoft.Extensions.Options;
using Mom.Contracts.Users;
using Mom.Sessions.Store;
using Mom.Sessions.Tokens;
using Mom.Tests.Support;

namespace Mom.Tests.Unit.Sessions;

[Trait("Group", "unit")]
public sealed class OnceVerifiedTests
{
    private static readonly TokenKeys Keys = new(Options.Create(new JwtOptions { Key = NewKey() }));

    [Fact]
    public async Task A_token_that_was_verified_is_taken_again_with_the_claims_that_it_has()
    {
        var (handler, token) = (new OnceVerified(), Issue(TimeSpan.FromMinutes(5)));

        var first = await handler.ValidateTokenAsync(token, TokenValidation.Parameters(Keys));
        Assert.True(first.IsValid, first.Exception?.Message);
        // As the check of the session does with the role: of this request alone.
        first.ClaimsIdentity.AddClaim(new Claim(MomClaims.Role, UserRole.Admin));
        for (var again = 0; again < 2; again++)
        {
            var next = await handler.ValidateTokenAsync(token, TokenValidation.Parameters(Keys));
            Assert.True(next.IsValid);
            Assert.Equal([UserRole.User], next.ClaimsIdentity.FindAll(MomClaims.Role).Select(claim => claim.Value));
            Assert.Equal(first.SecurityToken.ValidTo, next.SecurityToken.ValidTo);
            next.ClaimsIdentity.AddClaim(new Claim(MomClaims.Role, UserRole.Admin));
        }

        Assert.Equal(1, handler.Count);
    }

    [Fact]
    public async Task A_token_that_differs_in_one_character_is_not_the_one_that_was_verified()
    {
        var (handler, token) = (new OnceVerified(), Issue(TimeSpan.FromMinutes(5)));
        Assert.True((await handler.ValidateTokenAsync(token, TokenValidation.Parameters(Keys))).IsValid);

        for (var place = 1; place < token.Length - 1; place += 7)
        {
            var forged = $"{token[..place]}{(token[place] == 'A' ? 'B' : 'A')}{token[(place + 1)..]}";
            Assert.False((await handler.ValidateTokenAsync(forged, TokenValidation.Parameters(Keys))).IsValid, $"A token that was changed at {place} should be refused.");
        }

        Assert.Equal(1, handler.Count);
    }

    [Fact]
    public async Task A_token_that_was_verified_is_refused_once_it_has_expired()
    {
        var (handler, token) = (new OnceVerified(), Issue(TimeSpan.FromSeconds(2)));
        Assert.True((await handler.ValidateTokenAsync(token, TokenValidation.Parameters(Keys))).IsValid);

        await Eventually.TrueAsync(async () => !(await handler.ValidateTokenAsync(token, TokenValidation.Parameters(Keys))).IsValid, "the token should be refused");
        Assert.Equal(0, handler.Count);
    }

    [Fact]
    public async Task Of_many_tokens_only_some_are_remembered()
    {
        var handler = new OnceVerified();
        for (var number = 0; number < 2_100; number++)
        {
            Assert.True((await handler.ValidateTokenAsync(Issue(TimeSpan.FromMinutes(5)), TokenValidation.Parameters(Keys))).IsValid);
        }

        Assert.InRange(handler.Count, 1, 2_000);
    }

    private static string Issue(TimeSpan lifetime)
    {
        var tokens = new AccessTokens(Keys, Options.Create(new JwtOptions { Lifetime = lifetime }), TimeProvider.System);
        var user = new User(Guid.NewGuid(), "Ann", "Lee", "ann@example.org", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);
        return tokens.Issue(new OpenSession("session", "token", DateTimeOffset.UtcNow.AddHours(1), new SessionData(user, UserRole.User))).AccessToken;
    }

    private static string NewKey() => Mom.Contracts.Callers.P256KeyPair.New();
}
