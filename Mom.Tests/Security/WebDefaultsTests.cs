using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Mom.Tests.Unit.ServiceDefaults;

namespace Mom.Tests.Security;

/// <summary>What a deployment sets: names, origins, and TLS that ends at a proxy.</summary>
[Trait("Group", "security")]
public sealed class WebDefaultsTests
{
    [Theory]
    [InlineData("app.example.org", 200)]
    [InlineData("a.b.example.net:8080", 200)]
    [InlineData("localhost", 200)]
    [InlineData("example.net", 400)]
    [InlineData("example.org", 400)]
    public async Task Names_of_a_deployment_are_added_to_those_of_the_machine(string host, int status)
    {
        await using var service = await StartAsync(("AllowedHosts", "app.example.org; *.example.net"));
        using var answer = await SendAsync(service, HttpMethod.Get, "/", ("Host", host));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Only_an_origin_that_is_configured_may_read_answers_and_open_connections()
    {
        await using var service = await StartAsync(("Web:Origins", "https://app.example.org"));
        foreach (var (origin, status) in new[] { ("https://app.example.org", 200), ("http://app.example.org", 403), ("https://app.example.org.evil.example", 403) })
        {
            using var answer = await SendAsync(service, HttpMethod.Get, "/open", ("Origin", origin));
            Assert.Equal((origin, status), (origin, (int)answer.StatusCode));
            Assert.Equal(status == 200, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == origin);
        }
    }

    [Fact]
    public async Task An_origin_that_is_none_is_refused_at_the_start() =>
        Assert.Contains("Web:Origins", (await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(("Web:Origins", "app.example.org")))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Over_tls_a_browser_is_told_to_stay_there()
    {
        await using var service = await StartAsync(("AllowedHosts", "app.example.org"), ("FORWARDEDHEADERS_ENABLED", "true"));
        using var answer = await SendAsync(service, HttpMethod.Get, "/", ("Host", "app.example.org"), ("X-Forwarded-Proto", "https"));
        Assert.Equal("max-age=31536000; includeSubDomains", answer.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task Too_much_is_refused_and_what_takes_too_long_is_ended()
    {
        await using var service = await StartAsync();
        using var large = await SendAsync(service, HttpMethod.Post, "/read", content: new ByteArrayContent(new byte[1_048_577]));
        Assert.Equal(413, (int)large.StatusCode);
        using var headers = await SendAsync(service, HttpMethod.Get, "/", [.. Enumerable.Range(0, 70).Select(number => ($"X-{number}", "1"))]);
        Assert.Equal(431, (int)headers.StatusCode);
        using var header = await SendAsync(service, HttpMethod.Get, "/", ("X-Large", new string('x', 33 * 1024)));
        Assert.Equal(431, (int)header.StatusCode);
        using var slow = await SendAsync(service, HttpMethod.Get, "/slow");
        Assert.Equal(504, (int)slow.StatusCode);
    }

    private static Task<TestService> StartAsync(params (string Name, string Value)[] configuration) => TestService.StartAsync(
        configuration.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)),
        map: app =>
        {
            app.UseWebDefaults(onlyFromAllowedOrigins: "/open");
            app.MapGet("/", () => "");
            app.MapGet("/open", () => "");
            app.MapPost("/read", async (HttpRequest request) => await request.Body.CopyToAsync(Stream.Null));
            app.MapGet("/slow", (CancellationToken aborted) => Task.Delay(Timeout.Infinite, aborted)).WithRequestTimeout(TimeSpan.FromMilliseconds(1));
        });

    private static Task<HttpResponseMessage> SendAsync(TestService service, HttpMethod verb, string path, params (string Name, string Value)[] headers) => SendAsync(service, verb, path, null, headers);

    private static async Task<HttpResponseMessage> SendAsync(TestService service, HttpMethod verb, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(verb, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
