using Microsoft.Playwright;
using Mom.Testing;

namespace Mom.Tests.Browser;

/// <summary>Pictures of pages, to be looked at by people: <c>.mom/screenshots</c>.</summary>
internal static class Pictures
{
    // Without a graphics card a picture takes as long as all that is asserted about its page, and where all tests run nobody looks.
    private static readonly bool Wanted = Environment.GetEnvironmentVariable("MOM_PICTURES") is not "none";

    /// <summary>Writes a picture of the page as it is.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">Of its file, without an ending; it may have folders.</param>
    /// <param name="fullPage">What cannot be seen without scrolling, too.</param>
    public static async Task ShootAsync(this IPage page, string name, bool fullPage = true)
    {
        if (Wanted)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, ".mom", "screenshots", $"{name}.png"), FullPage = fullPage });
        }
    }
}
