using System.Net;
using Mom.Tests.AspireTests.Running;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>The dashboard shows every log, trace and environment variable, passwords included.</summary>
[Trait("Group", "security")]
[Trait("System", "own")]
public sealed class DashboardLoginTests
{
    [Fact]
    public async Task The_dashboard_lets_nobody_in_without_the_token_that_the_console_shows()
    {
        using var data = new TemporaryDirectory();
        using var appHost = new StartedAppHost("native", data.Path, "--ServersOnly=true");
        await appHost.UntilItSaysAsync("/login?t=");
        await appHost.UntilItSaysAsync("resources are healthy");
        var dashboard = new Uri($"http://localhost:{appHost.Port(18888)}");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = dashboard };
        foreach (var page in new[] { "/", "/structuredlogs", "/traces", "/consolelogs" })
        {
            using var answer = await http.GetAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((page, HttpStatusCode.Redirect, "/login"), (page, answer.StatusCode, new Uri(dashboard, $"{answer.Headers.Location}").AbsolutePath));
        }

        using var telemetry = await http.GetAsync(new Uri("/api/telemetry/logs", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, telemetry.StatusCode);
    }
}
