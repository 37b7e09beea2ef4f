using Mom.Contracts;
using Mom.Contracts.Users;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>What changes about a user holds for the sessions that they have.</summary>
[Trait("Group", "security")]
public sealed class ChangedUserTests(MomStack stack)
{
    private const string Password = "correct horse";
    private const string Another = "battery staple";

    [Fact]
    public async Task A_role_given_or_taken_away_holds_at_the_next_request_on_every_replica()
    {
        var system = await stack.SystemAsync();
        await using var other = await ServiceReplica.StartAsync(system, ResourceNames.Api);
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        Assert.Equal(403, await OverviewAsync(system.Api, user));

        Assert.Equal((200, null), await ChangeAsync(system.Api, admin, user.Session.Id, UserRole.Admin));
        Assert.Equal((200, 200), (await OverviewAsync(system.Api, user), await OverviewAsync(other.Address, user)));
        // Its own token is enough to give the role back.
        Assert.Equal((200, null), await ChangeAsync(other.Address, user, user.Session.Id, UserRole.User));
        Assert.Equal((403, 403), (await OverviewAsync(system.Api, user), await OverviewAsync(other.Address, user)));
        // A renewed token says what is true.
        var renewed = await SecurityCalls.ReadAsync<Session>(system.Api, HttpMethod.Post, "/renew-token", user.Session.AccessToken);
        Assert.Equal(UserRole.User, new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(renewed.AccessToken).GetClaim("role").Value);

        Assert.Equal(
            [$"{RunSettings.AdminEmail}: user to admin", $"{user.Email}: admin to user"],
            await UserRows.ListAsync(system, "select by || ': ' || detail from user_audit where action = 'role-changed' and user_id = $1 order by id", user.Session.Id));
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        await OtherAdministrators.DemoteAsync(system, admin);

        var (status, detail) = await ChangeAsync(system.Api, admin, admin.Session.Id, UserRole.User);
        Assert.Equal(409, status);
        Assert.Contains("last administrator", detail, StringComparison.Ordinal);
        Assert.Equal(400, (await ChangeAsync(system.Api, admin, user.Session.Id, "god")).Status);
        Assert.Equal(404, (await ChangeAsync(system.Api, admin, Guid.NewGuid(), UserRole.User)).Status);
        Assert.Equal(403, (await ChangeAsync(system.Api, user, user.Session.Id, UserRole.Admin)).Status);
        Assert.Equal(200, await OverviewAsync(system.Api, admin));
    }

    // An API that dies after its command was done, or that has no answer in time, tells no session anything.
    [Fact]
    public async Task A_change_of_which_no_API_hears_reaches_the_sessions_all_the_same()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var elsewhere = await SecurityCalls.LoginAsync(system.Api, user.Email);
        await ForeignMessage.PublishAsync(system, MomQueues.DbCommands, "user.change-role.v1", $$"""{"userId":"{{user.Session.Id}}","role":"admin"}""", byAdministrator: true);
        await Eventually.TrueAsync(async () => await OverviewAsync(system.Api, user) == 200, "the session should have the role");

        var hash = Assert.Single(await UserRows.ListAsync(system, "select password_hash from users where id = $1", user.Session.Id));
        await ForeignMessage.PublishAsync(
            system, MomQueues.DbCommands, "user.change-password.v1",
            $$"""{"userId":"{{user.Session.Id}}","verifiedHash":"{{hash}}","passwordHash":"{{hash}}","keptSession":"{{SecurityCalls.SessionOf(user.Session)}}"}""");
        await Eventually.TrueAsync(async () => (await SecurityCalls.WhoAmIAsync(system.Api, elsewhere.AccessToken)).Status == 401, "the other session should end");
        Assert.Equal(200, await OverviewAsync(system.Api, user));
        Assert.Equal((200, null), await ChangeAsync(system.Api, user, user.Session.Id, UserRole.User));
    }

    [Fact]
    public async Task A_change_while_redis_is_unavailable_reaches_the_sessions_when_it_is_back()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        // In good order, so that sessions outlive it.
        await system.StopAsync(ResourceNames.Redis);
        try
        {
            await ForeignMessage.PublishAsync(system, MomQueues.DbCommands, "user.change-role.v1", $$"""{"userId":"{{user.Session.Id}}","role":"admin"}""", byAdministrator: true);
            await Eventually.TrueAsync(
                async () => (await system.LogOfAsync(ResourceNames.DbWorker)).Any(line => line.Contains($"The sessions of user {user.Session.Id} cannot be told yet", StringComparison.Ordinal)),
                "the message should be put off");
        }
        finally
        {
            await system.StartAsync(ResourceNames.Redis);
            await system.HealthyAsync(ResourceNames.Redis);
        }

        await Eventually.TrueAsync(async () => await OverviewAsync(system.Api, user) == 200, "the session should have the role");
        Assert.Equal((200, null), await ChangeAsync(system.Api, user, user.Session.Id, UserRole.User));
    }

    [Fact]
    public async Task Another_password_ends_the_other_sessions_and_their_connections()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var elsewhere = await ApiUser.LoginAsync(system.Api, user.Email);
        await using var here = await Listener.ConnectAsync(system.Socket, user);
        await using var there = await Listener.ConnectAsync(system.Socket, elsewhere);

        Assert.Equal((403, "The present password is wrong."), await ChangeAsync(system.Api, user, "wrong horse", Another));
        Assert.Equal(400, (await ChangeAsync(system.Api, user, Password, user.Email)).Status);
        Assert.Equal((204, null), await ChangeAsync(system.Api, user, Password, Another));

        await there.Closed.PatientlyAsync("the connection of the other session should be closed");
        Assert.Equal(401, (await SecurityCalls.WhoAmIAsync(system.Api, elsewhere.Session.AccessToken)).Status);
        Assert.Equal(200, (await SecurityCalls.WhoAmIAsync(system.Api, user.Session.AccessToken)).Status);
        Assert.False(here.Closed.IsCompleted);
        Assert.Equal(401, (await SecurityCalls.StatusAsync(system.Api, HttpMethod.Post, "/login", token: null, new LoginBody(user.Email, Password))).Status);
        await SecurityCalls.LoginAsync(system.Api, user.Email, Another);
        Assert.Single(await UserRows.ListAsync(system, "select by from user_audit where action = 'password-changed' and user_id = $1", user.Session.Id));
    }

    private static async Task<int> OverviewAsync(string api, ApiUser user) => (await SecurityCalls.StatusAsync(api, HttpMethod.Get, "/admin/ledger", user.Session.AccessToken)).Status;

    private static Task<(int Status, string? Detail)> ChangeAsync(string api, ApiUser by, Guid user, string role) =>
        SecurityCalls.StatusAsync(api, HttpMethod.Put, $"/admin/users/{user}/role", by.Session.AccessToken, new RoleBody(role));

    private static Task<(int Status, string? Detail)> ChangeAsync(string api, ApiUser user, string present, string next) =>
        SecurityCalls.StatusAsync(api, HttpMethod.Post, "/user/password", user.Session.AccessToken, new ChangePasswordBody(present, next));
}
