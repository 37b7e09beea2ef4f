using Microsoft.Playwright;

namespace Mom.Tests.Support;

/// <summary>A real browser without a window: the one that is installed, or that <c>MOM_CHROMIUM</c> names.</summary>
internal static class Chromium
{
    // As root Chromium needs no-sandbox; the rest keeps it from calling anybody but the page under test.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        // The default is 5 s, which a machine that is busy with other things may need to draw a page.
        Assertions.SetDefaultExpectTimeout((float)Patience.Limit.TotalMilliseconds);
        return playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MOM_CHROMIUM") ?? "/usr/bin/chromium",
            Args = Arguments,
        });
    }

    /// <summary>A page that is waited for with <see cref="Patience"/>.</summary>
    public static async Task<IPage> PageAsync(this IBrowser browser, BrowserNewPageOptions? options = null)
    {
        var page = await browser.NewPageAsync(options);
        page.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        return page;
    }
}
