using System.Net;
using Mom.Contracts.Users;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>Users see their sessions, and end them.</summary>
[Trait("Group", "security")]
public sealed class SessionListTests(MomStack stack)
{
    [Fact]
    public async Task A_user_sees_their_own_sessions_and_ends_one_or_all_others()
    {
        var api = (await stack.SystemAsync()).Api;
        using var user = await ApiUser.RegisterAsync(api);
        using var stranger = await ApiUser.RegisterAsync(api);
        var mine = user.Session.AccessToken;
        var (second, third) = (await SecurityCalls.LoginAsync(api, user.Email), await SecurityCalls.LoginAsync(api, user.Email));

        var sessions = await ListAsync(api, mine);
        Assert.Equal(
            new[] { user.Session, second, third }.Select(SecurityCalls.SessionOf).Order(),
            sessions.Select(session => session.Id).Order());
        Assert.Equal(SecurityCalls.SessionOf(user.Session), Assert.Single(sessions, session => session.Current).Id);
        Assert.All(sessions, session => Assert.Equal((IPAddress.Loopback.ToString(), true), (session.Address, session.EndsAt > session.ExpiresAt)));

        // Somebody else's is not there.
        Assert.Equal(404, await EndAsync(api, stranger.Session.AccessToken, SecurityCalls.SessionOf(second)));
        Assert.Equal(200, (await SecurityCalls.WhoAmIAsync(api, second.AccessToken)).Status);
        Assert.Equal(204, await EndAsync(api, mine, SecurityCalls.SessionOf(second)));
        Assert.Equal(401, (await SecurityCalls.WhoAmIAsync(api, second.AccessToken)).Status);
        Assert.Equal(404, await EndAsync(api, mine, SecurityCalls.SessionOf(second)));

        // Nor is anything else that Redis knows of the user.
        foreach (var name in new[] { "index", "access", "id", "x:index", "..%2Faccess", "*" })
        {
            Assert.Equal(404, await EndAsync(api, mine, name));
        }

        Assert.Equal(2, (await ListAsync(api, mine)).Count);
        Assert.Equal(1, (await SecurityCalls.ReadAsync<EndedSessions>(api, HttpMethod.Post, "/session/end-others", mine)).Ended);
        Assert.Equal(401, (await SecurityCalls.WhoAmIAsync(api, third.AccessToken)).Status);
        Assert.True(Assert.Single(await ListAsync(api, mine)).Current);
        Assert.Equal(200, (await SecurityCalls.WhoAmIAsync(api, stranger.Session.AccessToken)).Status);
    }

    private static async Task<int> EndAsync(string api, string token, string id) => (await SecurityCalls.StatusAsync(api, HttpMethod.Delete, $"/session/{id}", token)).Status;

    private static Task<IReadOnlyList<SessionSummary>> ListAsync(string api, string token) =>
        SecurityCalls.ReadAsync<IReadOnlyList<SessionSummary>>(api, HttpMethod.Get, "/session", token);
}
