using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.AspireTests.Running;

/// <summary>What <c>./mom up --screens</c> brings, where it is installed: the tests do not install it.</summary>
[Trait("Group", "aspire")]
[Trait("System", "own")]
public sealed class ScreensTests
{
    private static readonly Uri Keys = new("/apiv2/server/info", UriKind.Relative);

    [Fact]
    public async Task The_screen_of_Postgres_asks_for_the_password_and_shows_the_database()
    {
        await using var system = await WithScreenAsync("adminer", "Adminer and PHP are not installed", ResourceNames.Postgres, ResourceNames.Momdb);
        using var browser = new HttpClient { BaseAddress = new Uri(system.AddressOf("adminer")) };

        Assert.Contains("auth[password]", await browser.GetStringAsync("/", Cancellation), StringComparison.Ordinal);

        using var login = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["auth[driver]"] = "pgsql",
            ["auth[server]"] = new Uri(system.AddressOf(ResourceNames.Postgres, "tcp")).Authority,
            ["auth[username]"] = "postgres",
            ["auth[password]"] = RunSettings.PostgresPassword,
            ["auth[db]"] = "momdb",
        });
        using var answer = await browser.PostAsync("/", login, Cancellation);
        Assert.Contains("public", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_screen_of_Redis_lets_nobody_in_without_the_password()
    {
        await using var system = await WithScreenAsync("redis-commander", "Redis Commander is not installed", ResourceNames.Redis);
        using var browser = new HttpClient { BaseAddress = new Uri(system.AddressOf("redis-commander")) };

        using var refused = await browser.GetAsync(Keys, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var login = await browser.PostAsJsonAsync("/signin", new { username = "redis", password = RunSettings.RedisPassword }, Cancellation);
        var token = (await login.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("bearerToken").GetString();
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // Its own connection to Redis comes up beside its page.
        await Eventually.TrueAsync(async () => (await browser.GetStringAsync(Keys)).Contains("Redis version", StringComparison.Ordinal), "the screen should show the server");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<RunningSystem> WithScreenAsync(string screen, string missing, params string[] servers)
    {
        try
        {
            return await RunningSystem.StartAsync(new SystemOptions { Name = "tests-screens", Only = [.. servers, screen], Settings = ["--Screens=true"] }, Cancellation);
        }
        catch (ArgumentException exception) when (exception.Message.Contains($"There is no {screen}", StringComparison.Ordinal))
        {
            Assert.Skip($"{missing}: ./mom up --screens does it.");
            throw;
        }
    }
}
