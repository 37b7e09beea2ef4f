using System.Net.Http.Headers;
using System.Net.Http.Json;
using Mom.Contracts.Operations;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

[Trait("Group", "security")]
public sealed class DemoRefusedTests(MomStack stack)
{
    [Fact]
    public async Task A_system_that_is_not_set_to_misbehave_cannot_be_made_to_by_an_administrator()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        await using var api = await ServiceReplica.StartAsync(system, ResourceNames.Api, without: ["Demo__"]);
        using var http = new HttpClient { BaseAddress = new Uri(api.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", admin.Session.AccessToken);
        var cancellation = TestContext.Current.CancellationToken;

        using var poison = await http.PostAsJsonAsync(new Uri("/admin/demo/poison", UriKind.Relative), new { text = "x" }, cancellation);
        using var math = await http.PutAsJsonAsync(new Uri("/admin/demo/math", UriKind.Relative), new { minimumSeconds = 1, maximumSeconds = 1, failureRate = 1 }, cancellation);

        Assert.Equal((404, 404), ((int)poison.StatusCode, (int)math.StatusCode));
        Assert.Equal(new DemoStatus(Enabled: false), await http.GetFromJsonAsync<DemoStatus>(new Uri("/admin/demo", UriKind.Relative), cancellation));
    }
}
