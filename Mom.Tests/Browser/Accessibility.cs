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
        var result = await page.RunAxe(Level);
        return [.. result.Violations.Select(rule => $"{rule.Id} ({rule.Help}): {string.Join("; ", rule.Nodes.Take(3).Select(node => $"{node.Target}: {node.Html}"))}")];
    }
}
