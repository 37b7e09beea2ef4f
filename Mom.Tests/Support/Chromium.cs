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

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MOM_CHROMIUM") ?? "/usr/bin/chromium",
            Args = Arguments,
        });
}
