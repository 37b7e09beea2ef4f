using Microsoft.Playwright;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Browser;

/// <summary>The pages of administrators, and how to get to one.</summary>
internal static class AdminPages
{
    /// <summary>Address and heading of each.</summary>
    public static IReadOnlyList<(string Address, string Heading)> All { get; } =
    [
        ("/admin", "Below sea level"),
        ("/admin/queues", "Queues"),
        ("/admin/workers", "Workers"),
        ("/admin/dead-letters", "Dead letters"),
        ("/admin/jobs", "All jobs"),
        ("/admin/users", "Users"),
        ("/admin/ledger", "Ledger"),
        ("/admin/demo", "Demo"),
    ];

    public static async Task<IPage> AdministratorAsync(this IBrowser browser, RunningSystem system, BrowserNewPageOptions? options = null)
    {
        var page = await browser.PageAsync(options);
        await new PanelPage(page, system.Panel).LogInAsync(RunSettings.AdminEmail, RunSettings.AdminPassword);
        return page;
    }

    /// <summary>Opens one, and returns when it shows what it was opened for.</summary>
    public static async Task OpenAsync(this IPage page, RunningSystem system, string address, string heading)
    {
        await page.GotoAsync(system.Panel + address);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Connection: live")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Loading…")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("loading figures…")).ToHaveCountAsync(0);
    }
}
