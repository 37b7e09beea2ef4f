using Mom.Contracts.Operations;
using Mom.Contracts.Users;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>An administrator locks somebody out, and what administrators do to others is on record.</summary>
[Trait("Group", "security")]
public sealed class LockedUserTests(MomStack stack)
{
    [Fact]
    public async Task A_locked_user_is_out_at_once_everywhere_and_a_login_tells_nobody_that_there_is_a_lock()
    {
        var system = await stack.SystemAsync();
        await using var replica = await ServiceReplica.StartAsync(system, ResourceNames.Socket);
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var elsewhere = await ApiUser.LoginAsync(system.Api, user.Email);
        await using var first = await Listener.ConnectAsync(system.Socket, user);
        await using var second = await Listener.ConnectAsync(replica.Address, elsewhere);

        Assert.Equal(200, (await LockAsync(system, admin, user, locked: true, "sold to a stranger")).Status);
        await Task.WhenAll(first.Closed, second.Closed).PatientlyAsync("the connections of the user should be closed");
        Assert.Equal(401, (await SecurityCalls.WhoAmIAsync(system.Api, user.Session.AccessToken)).Status);
        Assert.Equal(401, (await SecurityCalls.StatusAsync(system.Api, HttpMethod.Post, "/renew-token", elsewhere.Session.AccessToken)).Status);

        // OWASP, Authentication Cheat Sheet: the right password of a locked account, a wrong one and an unknown address have one answer.
        var right = await LoginAsync(system, user.Email, "correct horse");
        Assert.Equal(401, right.Status);
        Assert.Equal(right, await LoginAsync(system, user.Email, "wrong horse"));
        Assert.Equal(right, await LoginAsync(system, $"{Guid.NewGuid():N}@example.org", "correct horse"));
        Assert.NotNull(Assert.Single(await admin.GetAsync<IReadOnlyList<AdminUser>>($"/admin/users?text={user.Email}")).LockedAt);

        Assert.Equal(200, (await LockAsync(system, admin, user, locked: false)).Status);
        // What had ended stays so.
        Assert.Equal(401, (await SecurityCalls.WhoAmIAsync(system.Api, user.Session.AccessToken)).Status);
        await user.LoginAsync();
        Assert.Equal(200, (await SecurityCalls.WhoAmIAsync(system.Api, user.Session.AccessToken)).Status);
        Assert.Equal<(string, string, string?)>(
            [(UserAuditActions.Unlocked, RunSettings.AdminEmail, null), (UserAuditActions.Locked, RunSettings.AdminEmail, "sold to a stranger")],
            await AuditAsync(admin, user));
    }

    [Fact]
    public async Task The_last_administrator_who_can_log_in_is_not_locked_and_nobody_else_locks_anybody()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        await OtherAdministrators.DemoteAsync(system, admin);

        var (status, detail) = await LockAsync(system, admin, admin, locked: true);
        Assert.Equal(409, status);
        Assert.Contains("last administrator", detail, StringComparison.Ordinal);
        Assert.Equal(403, (await LockAsync(system, user, admin, locked: true)).Status);
        Assert.Equal(404, (await PutAsync(system, admin, Guid.NewGuid(), new LockBody(true))).Status);
        Assert.Equal(400, (await PutAsync(system, admin, user.Session.Id, new LockBody())).Status);
        Assert.Equal(400, (await PutAsync(system, admin, user.Session.Id, new LockBody(true, new string('x', 501)))).Status);

        // One who is locked is no other one.
        Assert.Equal(200, (await SecurityCalls.StatusAsync(system.Api, HttpMethod.Put, $"/admin/users/{user.Session.Id}/role", admin.Session.AccessToken, new RoleBody(UserRole.Admin))).Status);
        Assert.Equal(200, (await LockAsync(system, admin, user, locked: true)).Status);
        Assert.Equal(409, (await LockAsync(system, admin, admin, locked: true)).Status);
        Assert.Equal(409, (await SecurityCalls.StatusAsync(system.Api, HttpMethod.Put, $"/admin/users/{admin.Session.Id}/role", admin.Session.AccessToken, new RoleBody(UserRole.User))).Status);
        Assert.Equal(200, (await SecurityCalls.StatusAsync(system.Api, HttpMethod.Put, $"/admin/users/{user.Session.Id}/role", admin.Session.AccessToken, new RoleBody(UserRole.User))).Status);
    }

    [Fact]
    public async Task What_an_administrator_does_to_sessions_and_jobs_of_a_user_is_on_record_once()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await user.CreateJobAsync($$"""{"type":"math","details":[{"method":"add","numbers":"1,1"}],"runAt":"{{DateTimeOffset.UtcNow.AddDays(1):O}}"}""");

        Assert.Equal(200, await admin.PostStatusAsync($"/admin/jobs/{job.Id}/cancel"));
        // It changes nothing any more.
        Assert.Equal(200, await admin.PostStatusAsync($"/admin/jobs/{job.Id}/cancel"));
        Assert.Equal(200, await admin.PostStatusAsync($"/admin/jobs/{job.Id}/retry"));
        Assert.Equal(409, await admin.PostStatusAsync($"/admin/jobs/{job.Id}/retry"));
        Assert.Equal(404, await admin.PostStatusAsync($"/admin/jobs/{Guid.NewGuid()}/cancel"));
        // What its owner does is no act of an administrator.
        Assert.Equal(200, await user.PostStatusAsync($"/job/{job.Id}/cancel"));
        Assert.Equal(1, (await admin.PostAsync<EndedSessions>($"/admin/users/{user.Session.Id}/end-sessions")).Ended);
        Assert.Equal(401, (await SecurityCalls.WhoAmIAsync(system.Api, user.Session.AccessToken)).Status);

        Assert.Equal<(string, string, string?)>(
            [(UserAuditActions.SessionsEnded, RunSettings.AdminEmail, null), (UserAuditActions.JobRetried, RunSettings.AdminEmail, $"{job.Id}"), (UserAuditActions.JobCancelled, RunSettings.AdminEmail, $"{job.Id}")],
            await AuditAsync(admin, user));
        Assert.Equal(404, await admin.PostStatusAsync($"/admin/users/{Guid.NewGuid()}/end-sessions"));
    }

    private static async Task<IReadOnlyList<(string Action, string By, string? Detail)>> AuditAsync(ApiUser admin, ApiUser user) =>
        [.. (await admin.GetAsync<IReadOnlyList<UserAuditEntry>>($"/admin/users/{user.Session.Id}/audit")).Select(entry => (entry.Action, entry.By, entry.Detail))];

    private static Task<(int Status, string? Detail)> LoginAsync(RunningSystem system, string email, string password) =>
        SecurityCalls.StatusAsync(system.Api, HttpMethod.Post, "/login", token: null, new LoginBody(email, password));

    private static Task<(int Status, string? Detail)> LockAsync(RunningSystem system, ApiUser by, ApiUser user, bool locked, string? reason = null) =>
        PutAsync(system, by, user.Session.Id, new LockBody(locked, reason));

    private static Task<(int Status, string? Detail)> PutAsync(RunningSystem system, ApiUser by, Guid user, LockBody body) =>
        SecurityCalls.StatusAsync(system.Api, HttpMethod.Put, $"/admin/users/{user}/lock", by.Session.AccessToken, body);
}
