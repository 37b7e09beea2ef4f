using Microsoft.Playwright;
using Mom.Tests.Support;

namespace Mom.Tests.Browser;

/// <summary>A user with a browser, logged in there and at the API.</summary>
internal sealed record Visit(IPlaywright Playwright, IBrowser Browser, IPage Page, ApiUser User, string Panel) : IAsyncDisposable
{
    public ILocator Jobs => Page.GetByTestId("job");

    public static async Task<Visit> StartAsync(MomStack stack)
    {
        var system = await stack.SystemAsync();
        var user = await ApiUser.RegisterAsync(system.Api);
        var playwright = await Microsoft.Playwright.Playwright.CreateAsync();
        var browser = await Chromium.LaunchAsync(playwright);
        // Nine hours and a half ahead of UTC, without daylight saving: nobody's server stands there.
        var context = await browser.NewContextAsync(new() { TimezoneId = "Australia/Darwin", ViewportSize = new() { Width = 1600, Height = 1000 } });
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        var page = await context.NewPageAsync();
        await new PanelPage(page, system.Panel).LogInAsync(user.Email);
        return new Visit(playwright, browser, page, user, system.Panel);
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    public async Task GoAsync(string address)
    {
        await Page.GotoAsync(Panel + address);
        await Assertions.Expect(Page.GetByLabel("Connection: live")).ToBeVisibleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        Playwright.Dispose();
        User.Dispose();
    }
}
