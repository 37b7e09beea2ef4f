using System.Net;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Security;

/// <summary>What every answer tells a browser, and whom a service does not answer at all.</summary>
[Trait("Group", "security")]
public sealed class StrictAnswerTests(MomStack stack)
{
    private static readonly string[] Services = [ResourceNames.Api, ResourceNames.Socket, ResourceNames.MathService, ResourceNames.Panel, ResourceNames.DbWorker];

    // Good answers, and errors of each kind, which are made in other places.
    private static readonly string[] Paths = ["/health", "/alive", "/", "/login", "/auth-test", "/job/my", "/hub", "/hub/negotiate", "/add/1,2", "/add/x", "/no/such/page", "/%00", "/jobs/1", "/session/renew"];

    [Fact]
    public async Task Every_answer_is_strict_errors_included()
    {
        var system = await stack.SystemAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        foreach (var service in Services)
        {
            foreach (var path in Paths)
            {
                using var answer = await http.GetAsync(new Uri($"{system.AddressOf(service)}{path}"), TestContext.Current.CancellationToken);
                // What Kestrel cannot parse never gets to the service.
                if (path == "/%00")
                {
                    continue;
                }

                var place = $"{service} {path} ({(int)answer.StatusCode})";
                var policy = Header(answer, "Content-Security-Policy");
                if (service == ResourceNames.Panel)
                {
                    Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
                    Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
                }
                else
                {
                    Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
                    Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
                }

                Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
                Assert.Equal((place, "nosniff"), (place, Header(answer, "X-Content-Type-Options")));
                Assert.Equal((place, "same-origin"), (place, Header(answer, "Referrer-Policy")));
                Assert.Contains("camera=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
                Assert.Equal((place, "same-origin", "require-corp", "same-origin"), (place, Header(answer, "Cross-Origin-Opener-Policy"), Header(answer, "Cross-Origin-Embedder-Policy"), Header(answer, "Cross-Origin-Resource-Policy")));
                Assert.True(answer.Headers.CacheControl is { NoStore: true }, place);
                Assert.False(answer.Headers.Contains("Server"), place);
                // Not over plain HTTP: RFC 6797, section 7.2.
                Assert.False(answer.Headers.Contains("Strict-Transport-Security"), place);
            }
        }
    }

    [Fact]
    public async Task What_somebody_gets_with_a_token_is_kept_nowhere_and_files_of_the_panel_are()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        foreach (var path in new[] { "/auth-test", "/job/my", "/notification" })
        {
            using var answer = await user.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode && answer.Headers.CacheControl is { NoStore: true }, $"{path} should be kept by nobody.");
        }

        using var login = await user.PostAsync("/login", $$"""{"email":"{{user.Email}}","password":"correct horse"}""");
        Assert.True(login.IsSuccessStatusCode && login.Headers.CacheControl is { NoStore: true });

        using var file = await user.Http.GetAsync(new Uri($"{system.Panel}/app.css"), TestContext.Current.CancellationToken);
        Assert.True(file.Headers.CacheControl is { NoStore: false });
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("evil.example:7070", 400)]
    [InlineData("localhost.evil.example", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("169.254.169.254", 400)]
    [InlineData("localhost", 200)]
    [InlineData("app.localhost:1234", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:80", 200)]
    public async Task A_service_answers_to_its_own_names_only_and_to_probes_by_any(string host, int status)
    {
        var system = await stack.SystemAsync();
        var paths = new Dictionary<string, string>(StringComparer.Ordinal) { [system.Api] = "/asyncapi.json", [system.MathService] = "/add/1,2", [system.Panel] = "/login" };
        using var http = new HttpClient();
        foreach (var (service, path) in paths)
        {
            Assert.Equal((service, status), (service, await StatusAsync(http, $"{service}{path}", host: host)));
        }

        foreach (var service in Services)
        {
            Assert.Equal((service, 200), (service, await StatusAsync(http, $"{system.AddressOf(service)}/health", host: host)));
        }
    }

    [Fact]
    public async Task Pages_of_others_can_open_no_connection_and_read_no_answer()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        foreach (var (service, path) in new[] { (system.Socket, "/hub/negotiate?negotiateVersion=1"), (system.Panel, "/_blazor/negotiate?negotiateVersion=1") })
        {
            foreach (var foreign in new[] { "https://evil.example", "null", "http://localhost:1", $"{service}.evil.example", "http://localhost", "garbage" })
            {
                Assert.Equal((foreign, 403), (foreign, await StatusAsync(user.Http, service + path, foreign, post: true)));
            }

            Assert.Equal(200, await StatusAsync(user.Http, service + path, service, post: true));
            Assert.Equal(200, await StatusAsync(user.Http, service + path, post: true));
        }

        // A WebSocket needs no negotiation, and a browser sends its Origin with the handshake.
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        socket.Options.SetRequestHeader("Authorization", $"Bearer {user.Session.AccessToken}");
        socket.Options.CollectHttpResponseDetails = true;
        var address = new UriBuilder(system.Socket) { Scheme = "ws", Path = "/hub" }.Uri;
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => socket.ConnectAsync(address, TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);

        using var preflight = new HttpRequestMessage(HttpMethod.Options, $"{system.Api}/job");
        preflight.Headers.Add("Origin", "https://evil.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await user.Http.SendAsync(preflight, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<int> StatusAsync(HttpClient http, string url, string? origin = null, string? host = null, bool post = false)
    {
        using var request = new HttpRequestMessage(post ? HttpMethod.Post : HttpMethod.Get, url);
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";
}
