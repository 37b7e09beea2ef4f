using System.Text.Json;
using Microsoft.Playwright;
using Mom.Contracts;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.Browser;

[Trait("Group", "browser")]
[Trait("Lane", "faults")]
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
            "the dead letter should be back");

        await letters.GetByRole(AriaRole.Button, new() { Name = "Discard…" }).ClickAsync();
        await page.GetByLabel("Why is it worth nothing any more?").FillAsync("nobody sends this");
        await letters.GetByRole(AriaRole.Button, new() { Name = "Discard", Exact = true }).ClickAsync();
        await Assertions.Expect(letters).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Discarded" }).ClickAsync();
        await Assertions.Expect(letters).ToHaveCountAsync(1);
    }

    // SQL and script in every text that comes from outside: names, an address, a message.
    [Fact]
    public async Task Script_and_markup_in_any_text_are_shown_as_the_text_that_they_are()
    {
        const string script = "<img src=x onerror=\"window.hurt=1\"><script>window.hurt=1</script>'; drop table users; --{{7*7}}";
        var system = await stack.SystemAsync();
        var id = await ForeignMessage.PublishAsync(system, MomQueues.DbCommands, $"job.create.v1{script}", script);
        using var user = await ApiUser.RegisterAsync(system.Api);
        var email = $"{Guid.NewGuid():N}@example.org";
        Assert.Equal(201, await user.PostStatusAsync("/register", JsonSerializer.Serialize(new { firstName = script[..90], lastName = "O'Hara<b>", email, password = "correct horse" })));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);

        var page = await browser.PageAsync();
        await new PanelPage(page, system.Panel).LogInAsync(email);
        await page.GetByLabel("Account of").ClickAsync();
        await Assertions.Expect(page.GetByText($"{script[..90]} O'Hara<b>", new() { Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync($"{system.Panel}/?text={Uri.EscapeDataString(script)}&status={Uri.EscapeDataString(script)}");
        await Assertions.Expect(page.GetByLabel("Connection: live")).ToBeVisibleAsync();
        Assert.True(await IsUnhurtAsync(page));

        await using var other = await browser.NewContextAsync();
        var admin = await other.NewPageAsync();
        await new PanelPage(admin, system.Panel).LogInAsync(RunSettings.AdminEmail, RunSettings.AdminPassword);
        // The db worker collects dead letters by and by.
        await Eventually.TrueAsync(
            async () =>
            {
                await admin.GotoAsync($"{system.Panel}/admin/dead-letters?text={id}");
                await Assertions.Expect(admin.GetByLabel("Connection: live")).ToBeVisibleAsync();
                return await admin.GetByTestId("dead-letter").CountAsync() == 1;
            },
            "the dead letter should be listed");
        await Assertions.Expect(admin.GetByTestId("dead-letter").GetByText($"job.create.v1{script}", new() { Exact = true })).ToBeVisibleAsync();
        Assert.True(await IsUnhurtAsync(admin));

        static Task<bool> IsUnhurtAsync(IPage page) => page.EvaluateAsync<bool>("window.hurt === undefined && document.querySelector('img[src=\"x\"]') === null");
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
