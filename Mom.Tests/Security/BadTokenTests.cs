using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>Tokens that are made by hand: only one that is right in everything is taken, by the API and by the socket.</summary>
[Trait("Group", "security")]
public sealed class BadTokenTests(MomStack stack)
{
    [Fact]
    public async Task Only_a_token_that_is_right_in_everything_is_taken()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var stranger = await ApiUser.RegisterAsync(system.Api);
        var real = new TokenParts(user.Session.AccessToken);
        // What this test makes is good but for what is wrong with it on purpose.
        Assert.Equal((200, 200), await AnswersAsync(system, real.Signed()));

        var wrong = Wrong(real, new TokenParts(stranger.Session.AccessToken)).ToList();
        foreach (var (what, token) in wrong)
        {
            var answers = await AnswersAsync(system, token);
            Assert.True(answers == (401, 401), $"A token {what} should be refused by the API and by the socket, but the answers are {answers}.");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{wrong.Count} kinds of bad tokens, refused by the API and by the socket");
        Assert.Equal(200, (await SecurityCalls.WhoAmIAsync(system.Api, user.Session.AccessToken)).Status);
    }

    private static IEnumerable<(string What, string Token)> Wrong(TokenParts real, TokenParts strangers)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = ECDsa.Create();
        own.ImportPkcs8PrivateKey(TokenParts.OwnKey, out _);

        yield return ("that is no token", "abc");
        yield return ("of empty parts", "..");
        yield return ("without a signature", real.Signed()[..(real.Signed().LastIndexOf('.') + 1)]);
        yield return ("of the algorithm none", real.Header("alg", "none").Unsigned());
        yield return ("of HS256 with the public key as the secret", real.Header("alg", "HS256").Hashed(own.ExportSubjectPublicKeyInfo()));
        yield return ("of ES384", real.Header("alg", "ES384").Signed());
        yield return ("signed with another key", real.Signed(otherKey));
        yield return ("that brings its key along", real.Header("jwk", JsonSerializer.SerializeToElement(JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(otherKey)))).Signed(otherKey));
        yield return ("that names no key", real.Header("kid", null).Signed());
        yield return ("that names another key", real.Header("kid", "another").Signed());
        yield return ("of another type", real.Header("typ", "JWT").Signed());
        yield return ("that has expired", real.Claim("exp", now - 1).Signed());
        yield return ("that never expires", real.Claim("exp", null).Signed());
        yield return ("of the future", real.Claim("nbf", now + 600).Signed());
        yield return ("of another issuer", real.Claim("iss", "mum").Signed());
        yield return ("for others", real.Claim("aud", "mum").Signed());
        yield return ("of no session", real.Claim("sid", null).Signed());
        yield return ("of no such session", real.Claim("sid", Guid.NewGuid().ToString("N")).Signed());
        yield return ("of somebody else's session", real.Claim("sid", strangers.Text("sid")).Signed());
        yield return ("of somebody else", real.Claim("sub", strangers.Text("sub")).Signed());
        yield return ("of nobody", real.Claim("sub", "x").Signed());
        yield return ("without an id of its own", real.Claim("jti", null).Signed());
        yield return ("whose claims were changed", real.Claim("role", "admin").SignedAs(real));
    }

    private static async Task<(int Api, int Socket)> AnswersAsync(RunningSystem system, string token)
    {
        using var negotiated = await SecurityCalls.CallAsync(system.Socket, HttpMethod.Post, "/hub/negotiate?negotiateVersion=1", token);
        return ((await SecurityCalls.WhoAmIAsync(system.Api, token)).Status, (int)negotiated.StatusCode);
    }
}
