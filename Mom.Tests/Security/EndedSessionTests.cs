using System.Net;
using Microsoft.Playwright;
using Mom.Contracts.Users;
using Mom.Sessions.Store;
using Mom.Testing;
using Mom.Tests.Browser;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>The end of a session ends every connection and every window of it.</summary>
[Trait("Group", "security")]
public sealed class EndedSessionTests(MomStack stack)
{
    [Fact]
    public async Task A_log_out_closes_the_sessions_connections_on_every_replica_at_once_and_no_others()
    {
        var system = await stack.SystemAsync();
        await using var other = await ServiceReplica.StartAsync(system, ResourceNames.Socket);
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var elsewhere = await ApiUser.LoginAsync(system.Api, user.Email);
        await using var first = await Listener.ConnectAsync(system.Socket, user);
        await using var second = await Listener.ConnectAsync(other.Address, user);
        await using var stays = await Listener.ConnectAsync(other.Address, elsewhere);

        Assert.Equal(204, await user.PostStatusAsync("/logout"));
        await Task.WhenAll(first.Closed, second.Closed).PatientlyAsync("the connections of the session should be closed");

        // The other session of the same user is still fed.
        var job = await elsewhere.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,2"}]}""");
        await stays.DoneAsync(job.Id);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<HttpRequestException>(() => Listener.ConnectAsync(system.Socket, user))).StatusCode);
    }

    // Pub/sub promises nothing.
    [Fact]
    public async Task A_connection_whose_sessions_end_was_not_heard_of_is_closed_when_the_socket_asks_by_itself()
    {
        var system = await stack.SystemAsync();
        await using var socket = await ServiceReplica.StartAsync(system, ResourceNames.Socket, settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Socket__VerifyEvery"] = "00:00:01" });
        using var user = await ApiUser.RegisterAsync(system.Api);
        await using var listener = await Listener.ConnectAsync(socket.Address, user);

        await using var redis = await SecurityCalls.RedisAsync(system);
        Assert.True(await redis.GetDatabase().KeyDeleteAsync(SessionKeys.Session(user.Session.Id, SecurityCalls.SessionOf(user.Session))));
        await listener.Closed.PatientlyAsync("the connection should be closed");
    }

    [Fact]
    public async Task A_connection_ends_with_the_token_that_it_was_opened_with()
    {
        var system = await stack.SystemAsync();
        await using var api = await ServiceReplica.StartAsync(system, ResourceNames.Api, settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Jwt__Lifetime"] = "00:00:03" });
        using var user = await ApiUser.RegisterAsync(api.Address);
        await using var listener = await Listener.ConnectAsync(system.Socket, user);
        await listener.Closed.PatientlyAsync("the connection should be closed");
    }

    [Fact]
    public async Task A_user_has_so_many_connections_and_one_more_is_refused_until_one_is_closed()
    {
        var system = await stack.SystemAsync();
        await using var socket = await ServiceReplica.StartAsync(system, ResourceNames.Socket, settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Socket__ConnectionsPerUser"] = "3" });
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var another = await ApiUser.RegisterAsync(system.Api);
        var open = new List<Listener>();
        for (var i = 0; i < 3; i++)
        {
            open.Add(await Listener.ConnectAsync(socket.Address, user));
            await open[i].TakenAsync();
        }

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Listener.ConnectAsync(socket.Address, user));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        await using (await Listener.ConnectAsync(socket.Address, another))
        {
            // Another user is not concerned.
        }

        await open[0].DisposeAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    open.Add(await Listener.ConnectAsync(socket.Address, user));
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "there should be a place again");
        foreach (var listener in open)
        {
            await listener.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_end_of_a_session_leads_all_windows_of_the_panel_to_the_login_with_a_notice()
    {
        var system = await stack.SystemAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        await using var context = await browser.NewContextAsync();
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        var (first, second) = (await context.NewPageAsync(), await context.NewPageAsync());
        var panel = new PanelPage(first, system.Panel);
        var email = $"{Guid.NewGuid():N}@example.org";
        await panel.RegisterAsync(email);
        await second.GotoAsync(system.Panel);
        await Assertions.Expect(second.GetByLabel("Connection: live")).ToBeVisibleAsync();

        await panel.LogOutAsync();
        await IsAtTheLoginAsync(second);

        // Ended elsewhere, of which the panel hears from the socket.
        await panel.LogInAsync(email);
        using var elsewhere = await ApiUser.LoginAsync(system.Api, email);
        await elsewhere.PostAsync<EndedSessions>("/session/end-others");
        await IsAtTheLoginAsync(first);
    }

    private static async Task IsAtTheLoginAsync(IPage page)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Log in" })).ToBeVisibleAsync();
        // The page that waits for its server has a status too.
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Your session has ended" })).ToBeVisibleAsync();
    }
}
