using Microsoft.Playwright;
using Mom.Tests.Support;

namespace Mom.Tests.Browser;

/// <summary>The pages before the login, and those that say that there is nothing.</summary>
[Trait("Group", "browser")]
public sealed class WelcomePagesTests(MomStack stack)
{
    [Fact]
    public async Task Whatever_they_have_to_say_they_break_no_rule_of_accessibility_and_fit_a_phone()
    {
        var system = await stack.SystemAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.PageAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        var flaws = new List<string>();

        await GoAsync("/login");
        await LookAsync("login");
        await page.GetByLabel("E-mail").FillAsync($"{Guid.NewGuid():N}@example.org");
        await page.GetByLabel("Password").FillAsync("wrong horse");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("wrong");
        await LookAsync("login-wrong");
        await GoAsync("/login?ended=true");
        await Assertions.Expect(page.GetByText("Your session has ended.")).ToBeVisibleAsync();
        await LookAsync("login-ended");
        await GoAsync("/register");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Assertions.Expect(page.Locator(".form-error:not(:empty) .validation-message")).Not.ToHaveCountAsync(0);
        await LookAsync("register-empty");
        await GoAsync("/no/such/page");
        await LookAsync("not-found");
        await GoAsync("/error");
        await LookAsync("error");
        Assert.Empty(flaws);

        Task GoAsync(string address) => page.GotoAsync(system.Panel + address);

        async Task LookAsync(string name)
        {
            flaws.AddRange(await page.FlawsInBothThemesAsync(name));
            await page.ShootAsync($"welcome/{name}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{name} should fit a phone.");
        }
    }
}
