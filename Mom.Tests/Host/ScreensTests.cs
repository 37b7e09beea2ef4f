using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Mom.LocalHost;
using Mom.LocalHost.Servers;
using Mom.Tests.Support;

namespace Mom.Tests.Host;

/// <summary>What <c>./mom up --screens</c> brings, where it is installed: the tests do not install it.</summary>
[Trait("Group", "host")]
public sealed class ScreensTests
{
    private static readonly Uri Keys = new("/apiv2/server/info", UriKind.Relative);

    [Fact]
    public async Task The_screen_of_Postgres_asks_for_the_password_and_shows_the_database()
    {
        Assert.SkipUnless(PostgresScreen.IsInstalled, "Adminer and PHP are not installed: ./mom up --screens does it.");
        await using var own = new PrivateSystem([ResourceNames.Postgres], options => options with { WithScreens = true });
        await own.System.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var browser = new HttpClient { BaseAddress = new Uri(own.System.Urls.PostgresScreen) };

        using var form = await browser.GetAsync(own.System[ResourceNames.PostgresScreen].Status.Url, TestContext.Current.CancellationToken);
        Assert.Contains("auth[password]", await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        using var login = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["auth[driver]"] = "pgsql",
            ["auth[server]"] = $"127.0.0.1:{own.Options.Ports.Postgres}",
            ["auth[username]"] = "mom",
            ["auth[password]"] = own.System.Secrets.PostgresPassword,
            ["auth[db]"] = "momdb",
        });
        using var answer = await browser.PostAsync("/", login, TestContext.Current.CancellationToken);
        Assert.Contains("public", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_screen_of_Redis_lets_nobody_in_without_the_password()
    {
        Assert.SkipWhen(RedisScreen.Find(Repository.Root) is null, "Redis Commander is not installed: ./mom up --screens does it.");
        await using var own = new PrivateSystem([ResourceNames.Redis], options => options with { WithScreens = true });
        await own.System.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var browser = new HttpClient { BaseAddress = new Uri(own.System.Urls.RedisScreen) };

        using var refused = await browser.GetAsync(Keys, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var login = await browser.PostAsJsonAsync("/signin", new { username = "mom", password = own.System.Secrets.RedisPassword }, TestContext.Current.CancellationToken);
        var token = (await login.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("bearerToken").GetString();
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // Its own connection to Redis comes up beside its page.
        await Eventually.TrueAsync(async () => (await browser.GetStringAsync(Keys)).Contains("Redis version", StringComparison.Ordinal), "the screen should show the server");
    }
}
