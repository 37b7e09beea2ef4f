using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mom.Contracts.Users;
using Mom.Sessions.Store;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>A session has one live token.</summary>
[Trait("Group", "security")]
public sealed class OneTokenTests(MomStack stack)
{
    [Fact]
    public async Task A_renewed_token_is_good_for_what_is_under_way_and_cannot_renew()
    {
        var api = (await stack.SystemAsync()).Api;
        using var user = await ApiUser.RegisterAsync(api);
        var first = user.Session.AccessToken;
        var second = (await RenewAsync(api, first)).AccessToken;

        Assert.Equal(200, (await SecurityCalls.WhoAmIAsync(api, first)).Status);
        Assert.Equal(200, (await SecurityCalls.WhoAmIAsync(api, second)).Status);
        var (status, detail) = await SecurityCalls.StatusAsync(api, HttpMethod.Post, "/renew-token", first);
        Assert.Equal(409, status);
        Assert.Contains("renewed already", detail, StringComparison.Ordinal);
        Assert.Equal(200, (await SecurityCalls.WhoAmIAsync(api, second)).Status);
    }

    [Fact]
    public async Task A_renewed_token_that_comes_after_its_grace_ends_the_session_and_says_so()
    {
        var system = await stack.SystemAsync();
        await using var api = await ServiceReplica.StartAsync(system, ResourceNames.Api, settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Sessions__Grace"] = "00:00:00" });
        using var user = await ApiUser.RegisterAsync(api.Address);
        var first = user.Session.AccessToken;
        var second = (await RenewAsync(api.Address, first)).AccessToken;
        Assert.Equal(200, (await SecurityCalls.WhoAmIAsync(api.Address, second)).Status);

        // The socket can only read: it refuses the one, and takes the other still.
        Assert.Equal((401, 200), (await NegotiateAsync(system.Socket, first), await NegotiateAsync(system.Socket, second)));
        var (status, detail) = await SecurityCalls.WhoAmIAsync(api.Address, first);
        Assert.Equal(401, status);
        Assert.Equal(401, await NegotiateAsync(system.Socket, second));
        Assert.Contains("the session was ended", detail, StringComparison.Ordinal);
        // For the one who has the newer token as well, on every replica.
        Assert.Equal(401, (await SecurityCalls.WhoAmIAsync(api.Address, second)).Status);
        Assert.Equal(401, (await SecurityCalls.WhoAmIAsync(system.Api, second)).Status);
        await Eventually.TrueAsync(
            () => Task.FromResult(api.Log.Any(line => line.Contains(SecurityCalls.SessionOf(user.Session), StringComparison.Ordinal) && line.Contains("used again", StringComparison.Ordinal))),
            "the log should say so");
    }

    [Fact]
    public async Task Of_many_renewals_at_once_one_succeeds_and_the_session_goes_on()
    {
        var api = (await stack.SystemAsync()).Api;
        using var user = await ApiUser.RegisterAsync(api);
        var first = user.Session.AccessToken;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SecurityCalls.StatusAsync(api, HttpMethod.Post, "/renew-token", first)));

        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal(409, answer.Status));
        Assert.Equal(200, (await SecurityCalls.WhoAmIAsync(api, first)).Status);
    }

    [Fact]
    public async Task A_session_has_an_end_whatever_renewals()
    {
        var system = await stack.SystemAsync();
        await using var api = await ServiceReplica.StartAsync(system, ResourceNames.Api, settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Sessions__LongestLife"] = "00:01:00" });
        using var user = await ApiUser.RegisterAsync(api.Address);
        var renewed = await RenewAsync(api.Address, user.Session.AccessToken);

        // The token's own life of six minutes would be longer.
        Assert.InRange(renewed.Exp - user.Session.Iat, 1, 60);
        var session = Assert.Single(await SecurityCalls.ReadAsync<IReadOnlyList<SessionSummary>>(api.Address, HttpMethod.Get, "/session", renewed.AccessToken));
        Assert.Equal(TimeSpan.FromMinutes(1), session.EndsAt - session.CreatedAt);
        // As if that minute were over.
        await using var redis = await SecurityCalls.RedisAsync(system);
        await redis.GetDatabase().HashSetAsync(SessionKeys.Session(renewed.Id, session.Id), "ends", DateTimeOffset.UtcNow.AddSeconds(-1).ToUnixTimeMilliseconds());
        Assert.Equal(401, (await SecurityCalls.StatusAsync(api.Address, HttpMethod.Post, "/renew-token", renewed.AccessToken)).Status);
        Assert.Equal(401, (await SecurityCalls.WhoAmIAsync(api.Address, renewed.AccessToken)).Status);
    }

    [Fact]
    public async Task An_answer_with_a_token_is_kept_by_no_cache_and_the_ways_that_change_something_by_GET_are_deprecated()
    {
        var api = (await stack.SystemAsync()).Api;
        using var user = await ApiUser.RegisterAsync(api);
        using var login = await SecurityCalls.CallAsync(api, HttpMethod.Post, "/login", token: null, new LoginBody(user.Email, "correct horse"));
        using var renewal = await SecurityCalls.CallAsync(api, HttpMethod.Get, "/renew-token", user.Session.AccessToken);
        Assert.All([login, renewal], answer =>
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(answer.Headers.CacheControl?.NoStore);
        });

        var paths = (await user.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("paths");
        foreach (var path in new[] { "/logout", "/renew-token" })
        {
            Assert.True(paths.GetProperty(path).GetProperty("get").GetProperty("deprecated").GetBoolean());
            Assert.False(paths.GetProperty(path).GetProperty("post").TryGetProperty("deprecated", out _));
        }
    }

    private static async Task<int> NegotiateAsync(string socket, string token) =>
        (await SecurityCalls.StatusAsync(socket, HttpMethod.Post, "/hub/negotiate?negotiateVersion=1", token)).Status;

    private static Task<Session> RenewAsync(string api, string token) => SecurityCalls.ReadAsync<Session>(api, HttpMethod.Post, "/renew-token", token);
}
