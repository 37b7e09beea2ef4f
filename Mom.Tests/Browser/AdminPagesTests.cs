using Microsoft.Playwright;
using Mom.Tests.Support;

namespace Mom.Tests.Browser;

[Trait("Group", "browser")]
[Trait("Lane", "faults")]
public sealed class AdminPagesTests(MomStack stack)
{
    [Theory]
    [InlineData("dark", 1920)]
    [InlineData("light", 1280)]
    [InlineData("light", 390)]
    public async Task Each_page_opens_for_an_administrator_fits_its_window_and_complains_of_nothing(string theme, int width)
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.AdministratorAsync(system, new()
        {
            ColorScheme = theme is "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = 1000 },
        });
        var watch = new PageWatch(page, new Uri(system.Panel));
        // So that there is something to see.
        for (var number = 0; number < 30; number++)
        {
            await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,2,3"},{"method":"multiply","numbers":"12,12"},{"method":"factors","numbers":"360"}]}""");
        }

        var flaws = new List<string>();
        foreach (var (address, heading) in AdminPages.All)
        {
            await page.OpenAsync(system, address, heading);
            await page.ShootAsync($"admin/{(address is "/admin" ? "sea" : address["/admin/".Length..])}-{theme}-{width}");
            Assert.True(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{address} should fit a window of {width} pixels.");
            flaws.AddRange((await page.FlawsAsync()).Select(flaw => $"{address} in {theme}: {flaw}"));
        }

        flaws.AddRange(await page.FlawsOfMenusAsync());
        Assert.Empty(flaws);
        Assert.Empty(watch.Complaints);
    }

    [Fact]
    public async Task For_a_user_there_is_none_of_them()
    {
        var system = await stack.SystemAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.PageAsync();
        await new PanelPage(page, system.Panel).RegisterAsync($"{Guid.NewGuid():N}@example.org");

        foreach (var address in AdminPages.All.Select(known => known.Address).Append("/admin/dead-letters/1"))
        {
            var answer = await page.GotoAsync(system.Panel + address);
            Assert.Equal((address, 404), (address, answer!.Status));
        }
    }

    [Fact]
    public async Task One_who_is_an_administrator_no_more_sees_no_figures_from_then_on()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var other = await ApiUser.RegisterAsync(system.Api);
        await SetRoleAsync(admin, other, "admin");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.PageAsync();
        await new PanelPage(page, system.Panel).LogInAsync(other.Email);
        await page.OpenAsync(system, "/admin/queues", "Queues");
        await Assertions.Expect(page.GetByTestId("queue-math.steps")).ToBeVisibleAsync();

        await SetRoleAsync(admin, other, "user");

        await Assertions.Expect(page.GetByTestId("queue-math.steps")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not one of an administrator any more");
    }

    [Fact]
    public async Task An_administrator_makes_one_of_a_user_ends_their_sessions_cancels_their_job_and_locks_them_out()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await user.CreateJobAsync($$"""{"type":"math","details":[{"method":"add","numbers":"1,1"}],"runAt":"{{DateTimeOffset.UtcNow.AddDays(1):O}}"}""");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.AdministratorAsync(system);

        await page.OpenAsync(system, $"/admin/jobs?text={job.Id}", "All jobs");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Cancel job {job.Id}" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("job-status")).ToHaveTextAsync("Cancelled");

        await page.OpenAsync(system, $"/admin/users?text={user.Email}", "Users");
        var row = page.GetByTestId("admin-user");
        await row.GetByRole(AriaRole.Button, new() { Name = "Make administrator" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Make administrator", Exact = true }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("administrator");
        await row.GetByRole(AriaRole.Button, new() { Name = "End sessions" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "End sessions", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText($"The sessions of {user.Email} are ended.")).ToBeVisibleAsync();
        using var answer = await user.Http.GetAsync(new Uri("/auth-test", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(401, (int)answer.StatusCode);

        await row.GetByRole(AriaRole.Button, new() { Name = "Lock" }).ClickAsync();
        await row.GetByLabel("Reason").FillAsync("left the company");
        await row.GetByRole(AriaRole.Button, new() { Name = "Lock", Exact = true }).ClickAsync();
        await Assertions.Expect(row.GetByTestId("locked")).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "History" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("user-history").GetByRole(AriaRole.Listitem)).ToContainTextAsync(
            ["Locked by", "Sessions ended by", "Role changed by", "Job cancelled by"]);
        await Assertions.Expect(page.GetByText("left the company")).ToBeVisibleAsync();
        await page.ShootAsync("admin/users-locked");
        Assert.Empty(await page.FlawsAsync());
        await row.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Unlock", Exact = true }).ClickAsync();
        await Assertions.Expect(row.GetByTestId("locked")).ToHaveCountAsync(0);
    }

    private static async Task SetRoleAsync(ApiUser admin, ApiUser user, string role)
    {
        using var body = new StringContent($$"""{"role":"{{role}}"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await admin.Http.PutAsync(new Uri($"/admin/users/{user.Session.Id}/role", UriKind.Relative), body, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
    }
}
