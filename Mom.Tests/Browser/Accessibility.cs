using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Mom.Tests.Browser;

/// <summary>What axe (https://github.com/dequelabs/axe-core) finds against the Web Content Accessibility Guidelines 2.1, level AA.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions Level = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] } };

    /// <summary>Each rule that the page breaks, with the elements that break it.</summary>
    public static async Task<IReadOnlyList<string>> FlawsAsync(this IPage page)
    {
        // A colour on its way from one to another is neither. What never ends is no transition.
        await page.EvaluateAsync(
            "Promise.allSettled(document.getAnimations().filter(animation => animation.effect.getComputedTiming().endTime !== Infinity).map(animation => animation.finished))");
        var result = await page.RunAxe(Level);
        return [.. result.Violations.Select(rule => $"{rule.Id} ({rule.Help}): {string.Join("; ", rule.Nodes.Take(3).Select(node => $"{node.Target}: {node.Html}"))}")];
    }

    /// <summary>Likewise in the light and in the dark theme, with whatever is open on the page.</summary>
    /// <param name="what">The page, and what is open on it.</param>
    public static async Task<IReadOnlyList<string>> FlawsInBothThemesAsync(this IPage page, string what)
    {
        var flaws = new List<string>();
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.ShowAsync(theme);
            flaws.AddRange((await page.FlawsAsync()).Select(flaw => $"{what}, {theme}: {flaw}"));
        }

        return flaws;
    }

    /// <summary>Shows the page in a theme, without motion.</summary>
    public static async Task ShowAsync(this IPage page, ColorScheme theme)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme is ColorScheme.Dark ? "dark" : "light");
    }

    /// <summary>What the menus that every page has break while they are open: that of the user, and the bell.</summary>
    public static async Task<IReadOnlyList<string>> FlawsOfMenusAsync(this IPage page)
    {
        var flaws = new List<string>();
        foreach (var (button, shown) in new[]
            {
                (page.GetByLabel("Account of"), page.GetByRole(AriaRole.Button, new() { Name = "Log out" })),
                (page.Locator("[popovertarget=bell-sheet]"), page.GetByRole(AriaRole.Dialog, new() { Name = "Notifications" })),
            })
        {
            await button.ClickAsync();
            await Assertions.Expect(shown).ToBeVisibleAsync();
            flaws.AddRange(await page.FlawsInBothThemesAsync($"{button} open"));
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(shown).ToBeHiddenAsync();
        }

        return flaws;
    }
}
