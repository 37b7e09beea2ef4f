using Mom.Contracts.Users;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>The administrators of a shared system beside the one that every system has.</summary>
internal static class OtherAdministrators
{
    /// <summary>Makes users of them, so that <paramref name="admin"/> is the last administrator: another test may have left one.</summary>
    public static async Task DemoteAsync(RunningSystem system, ApiUser admin)
    {
        foreach (var other in await UserRows.ListAsync(system, "select id::text from users where role = 'admin' and id <> $1", admin.Session.Id))
        {
            var (status, detail) = await SecurityCalls.StatusAsync(
                system.Api, HttpMethod.Put, $"/admin/users/{other}/role", admin.Session.AccessToken, new RoleBody(UserRole.User));
            Assert.Equal((200, null), (status, detail));
        }
    }
}
