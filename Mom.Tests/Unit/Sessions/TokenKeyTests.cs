using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Mom.Contracts.Users;
using Mom.Sessions;
using Mom.Sessions.Store;
using Mom.Sessions.Tokens;

namespace Mom.Tests.Unit.Sessions;

[Trait("Group", "unit")]
public sealed class TokenKeyTests
{
    private static readonly (string Private, string Public) First = NewKey();
    private static readonly (string Private, string Public) Second = NewKey();

    // The order that docs/sessions.md has: first all can check, then one signs, then the old one goes.
    [Fact]
    public async Task Keys_are_exchanged_without_the_end_of_any_session()
    {
        var old = Issue(new JwtOptions { Key = First.Private, PublicKeys = Second.Public });
        var next = Issue(new JwtOptions { Key = Second.Private, PublicKeys = First.Public });

        var during = new JwtOptions { PublicKeys = $"{First.Public}, {Second.Public}" };
        Assert.True(await IsTakenAsync(old, during));
        Assert.True(await IsTakenAsync(next, during));
        Assert.True(await IsTakenAsync(old, new JwtOptions { Key = Second.Private, PublicKeys = First.Public }));

        var afterwards = new JwtOptions { PublicKeys = Second.Public };
        Assert.False(await IsTakenAsync(old, afterwards));
        Assert.True(await IsTakenAsync(next, afterwards));
    }

    [Fact]
    public void A_token_names_its_key_and_its_kind()
    {
        var token = new JsonWebToken(Issue(new JwtOptions { Key = First.Private }));
        Assert.Equal(("ES256", "at+jwt"), (token.Alg, token.Typ));
        Assert.Equal(new TokenKeys(Options.Create(new JwtOptions { PublicKeys = First.Public })).Checking.Single().KeyId, token.Kid);
        Assert.NotEqual(new JsonWebToken(Issue(new JwtOptions { Key = Second.Private })).Kid, token.Kid);
    }

    [Fact]
    public void What_checks_tokens_cannot_make_them()
    {
        var keys = new TokenKeys(Options.Create(new JwtOptions { PublicKeys = First.Public }));
        Assert.Throws<InvalidOperationException>(keys.Signing);
        Assert.All(keys.Checking, key => Assert.Throws<CryptographicException>(() => key.ECDsa.ExportParameters(includePrivateParameters: true)));
        // Nor is the private key among those that the issuer checks with.
        Assert.All(
            new TokenKeys(Options.Create(new JwtOptions { Key = First.Private })).Checking,
            key => Assert.Throws<CryptographicException>(() => key.ECDsa.ExportParameters(includePrivateParameters: true)));
    }

    [Theory]
    [InlineData(true, "", "", "Jwt__Key) is not set")]
    [InlineData(true, "c2lnbmluZ2tleW9mYXRlc3RzaWduaW5na2V5b2ZhdGVzdA==", "", "openssl genpkey")]
    [InlineData(true, "%%", "", "not base64")]
    [InlineData(true, "PUBLIC", "", "no private key")]
    [InlineData(true, "P384", "", "P-256")]
    [InlineData(true, "PRIVATE", "%%", "Jwt:PublicKeys")]
    [InlineData(true, "PRIVATE", "PUBLIC", null)]
    [InlineData(false, "", "", "Jwt__PublicKeys) is not set")]
    [InlineData(false, "", "PRIVATE", "no public key")]
    [InlineData(false, "PRIVATE", "PUBLIC", "must not have it")]
    [InlineData(false, "", "PUBLIC,PUBLIC", null)]
    public void A_service_that_could_not_do_its_part_does_not_start_and_says_what_to_do(bool issues, string key, string publicKeys, string? flaw)
    {
        var result = new JwtOptionsValidator(new TokenUse(issues, InQueryUnder: null)).Validate(null, new JwtOptions { Key = Real(key), PublicKeys = Real(publicKeys) });

        Assert.Equal(flaw is null, result.Succeeded);
        if (flaw is not null)
        {
            Assert.Contains(flaw, result.FailureMessage, StringComparison.Ordinal);
            Assert.DoesNotContain(First.Private, result.FailureMessage, StringComparison.Ordinal);
        }
    }

    private static string Real(string key) => key.Replace("PRIVATE", First.Private, StringComparison.Ordinal).Replace("PUBLIC", First.Public, StringComparison.Ordinal)
        .Replace("P384", NewKey(ECCurve.NamedCurves.nistP384).Private, StringComparison.Ordinal);

    private static string Issue(JwtOptions options)
    {
        var user = new User(Guid.NewGuid(), "Ann", "Lee", "ann@example.org", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        return new AccessTokens(new TokenKeys(Options.Create(options)), Options.Create(options), TimeProvider.System)
            .Issue(new OpenSession("s-1", "t-1", DateTimeOffset.MaxValue, new SessionData(user, UserRole.User))).AccessToken;
    }

    private static async Task<bool> IsTakenAsync(string token, JwtOptions options) =>
        (await new JsonWebTokenHandler().ValidateTokenAsync(token, TokenValidation.Parameters(new TokenKeys(Options.Create(options))))).IsValid;

    private static (string Private, string Public) NewKey() => NewKey(ECCurve.NamedCurves.nistP256);

    private static (string Private, string Public) NewKey(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return (Convert.ToBase64String(key.ExportPkcs8PrivateKey()), Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
    }
}
