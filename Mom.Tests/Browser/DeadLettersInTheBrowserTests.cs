using Microsoft.Playwright;
using Mom.Contracts;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Browser;

[Trait("Group", "browser")]
public sealed class DeadLettersInTheBrowserTests(MomStack stack)
{
    [Fact]
    public async Task An_administrator_finds_a_dead_letter_replays_it_in_vain_and_discards_it_with_a_reason()
    {
        var system = await stack.SystemAsync();
        var id = await ForeignMessage.PublishAsync(system, MomQueues.DbCommands, "job.create.v1", "{");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.PageAsync();
        var panel = new PanelPage(page, system.Panel);
        await panel.LogInAsync(RunSettings.AdminEmail, RunSettings.AdminPassword);

        await page.GetByLabel("Account of").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Dead letters" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Dead letters" }).WaitForAsync();
        await page.GetByLabel("Search").FillAsync($"{id}");
        await Assertions.Expect(page).ToHaveURLAsync($"{system.Panel}/admin/dead-letters?text={id}");
        var letters = page.GetByTestId("dead-letter");
        var letter = letters.GetByText("MalformedBody");
        // The db worker collects them from their queues by and by.
        await Eventually.TrueAsync(
            async () =>
            {
                await panel.Button("Refresh").ClickAsync();
                return await letters.CountAsync() == 1 && await letter.IsVisibleAsync();
            },
            "the dead letter should be listed");

        await letters.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        // What could not be read still cannot.
        await Eventually.TrueAsync(
            async () =>
            {
                await panel.Button("Refresh").ClickAsync();
                return await page.GetByText("died 2 times").IsVisibleAsync();
            },
            "the letter should be back");

        await letters.GetByRole(AriaRole.Button, new() { Name = "Discard…" }).ClickAsync();
        await page.GetByLabel("Why is it worth nothing any more?").FillAsync("nobody sends this");
        await letters.GetByRole(AriaRole.Button, new() { Name = "Discard", Exact = true }).ClickAsync();
        await Assertions.Expect(letters).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Discarded" }).ClickAsync();
        await Assertions.Expect(letters).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task For_anybody_else_there_is_no_such_page()
    {
        var url = (await stack.SystemAsync()).Panel;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.PageAsync();
        var panel = new PanelPage(page, url);
        await panel.RegisterAsync($"{Guid.NewGuid():N}@example.org");

        await page.GetByLabel("Account of").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Dead letters" })).ToHaveCountAsync(0);
        var answer = await page.GotoAsync($"{url}/admin/dead-letters");
        Assert.Equal(404, answer!.Status);
    }
}
