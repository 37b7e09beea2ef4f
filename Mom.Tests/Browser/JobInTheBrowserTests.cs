using Microsoft.Playwright;
using Mom.Tests.Support;

namespace Mom.Tests.Browser;

[Trait("Group", "browser")]
public sealed class JobInTheBrowserTests(MomStack stack)
{
    [Fact]
    public async Task A_user_registers_logs_in_orders_a_job_and_sees_its_result_without_a_reload()
    {
        var panel = (await stack.SystemAsync()).Urls.Panel;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        var foreign = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(panel, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                foreign.Add(request.Url);
            }
        };

        var email = $"{Guid.NewGuid():N}@example.org";
        await RegisterAsync(page, panel, email);
        await LogInAsync(page, panel, email);

        await page.EvaluateAsync("window.sameDocument = true");
        await page.GetByLabel("Numbers").First.FillAsync("1, 2, 3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Order job" }).ClickAsync();

        // The row of the job changes in place; opened, it shows the result.
        var job = page.GetByRole(AriaRole.Button, new() { Name = "Succeeded 1 + 2 + 3" });
        await job.ClickAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByTestId("operation-result").First).ToHaveTextAsync("6", new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Notifications, 1 unread" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"), "The result should come without a reload.");
        Assert.Empty(foreign);
    }

    private static async Task RegisterAsync(IPage page, string panel, string email)
    {
        await page.GotoAsync($"{panel}/register");
        await page.GetByLabel("First name").FillAsync("Ann");
        await page.GetByLabel("Last name").FillAsync("Lee");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync("correct horse");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/register", StringComparison.Ordinal));
    }

    // Registering may have logged in at once; a new login must work all the same.
    private static async Task LogInAsync(IPage page, string panel, string email)
    {
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"{panel}/login");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync("correct horse");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "New job" }).WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }
}
