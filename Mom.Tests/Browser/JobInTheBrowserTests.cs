using Microsoft.Playwright;
using Mom.Testing;
using Mom.Tests.Support;
using Npgsql;

namespace Mom.Tests.Browser;

[Trait("Group", "browser")]
public sealed class JobInTheBrowserTests(MomStack stack)
{
    [Fact]
    public async Task A_user_registers_logs_in_orders_a_job_and_sees_its_results_without_a_reload()
    {
        var url = (await stack.SystemAsync()).Panel;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.PageAsync(new() { ColorScheme = ColorScheme.Light });
        var watch = new PageWatch(page, new Uri(url));
        var panel = new PanelPage(page, url);

        var email = $"{Guid.NewGuid():N}@example.org";
        await panel.RegisterAsync(email);
        await panel.LogOutAsync();
        await panel.LogInAsync(email);

        await page.EvaluateAsync("window.sameDocument = true");
        await panel.FillOperationAsync(1, "add", "1, 2, 3");
        await panel.FillOperationAsync(2, "divide", "1, 8");
        await panel.FillOperationAsync(3, "factors", "360");
        await panel.Button("Order job").ClickAsync();

        // Opened at once, the job changes before the user's eyes.
        var job = panel.Jobs.First;
        await job.GetByRole(AriaRole.Button).First.ClickAsync();
        await Assertions.Expect(job.GetByTestId("job-status")).ToHaveTextAsync("Succeeded");
        await Assertions.Expect(job.GetByTestId("operation-result")).ToHaveTextAsync(["6", "0.125", "2, 2, 2, 3, 3, 5"]);
        await Assertions.Expect(panel.Button("Notifications, 1 unread")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Switch, new() { Name = "Dark mode" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"), "The results should come without a reload.");
        Assert.Empty(watch.Complaints);
    }

    [Fact]
    public async Task What_happened_while_redis_was_away_the_panel_shows_without_a_reload()
    {
        var system = await stack.SystemAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.PageAsync();
        var panel = new PanelPage(page, system.Panel);
        await panel.RegisterAsync($"{Guid.NewGuid():N}@example.org");
        await page.EvaluateAsync("window.sameDocument = true");
        await panel.FillOperationAsync(1, "add", "1, 2, 3");
        await panel.FillOperationAsync(2, "divide", "1, 8");
        await panel.Button("Order job").ClickAsync();
        await Assertions.Expect(panel.Jobs.First).ToBeVisibleAsync();

        // In good order, so that sessions outlive it.
        await system.StopAsync(ResourceNames.Redis);
        try
        {
            await Eventually.TrueAsync(() => IsDoneAsync(system), "the job should go on to its end");
        }
        finally
        {
            await system.StartAsync(ResourceNames.Redis);
            await system.HealthyAsync(ResourceNames.Redis);
        }

        await Assertions.Expect(panel.Jobs.First.GetByTestId("job-status")).ToHaveTextAsync("Succeeded");
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"), "The result should come without a reload.");
    }

    private static async Task<bool> IsDoneAsync(RunningSystem system)
    {
        await using var database = NpgsqlDataSource.Create($"{system.Connections.Momdb};Pooling=false");
        await using var command = database.CreateCommand("select status = 'Succeeded' from jobs order by created_at desc limit 1");
        return await command.ExecuteScalarAsync() is true;
    }
}
