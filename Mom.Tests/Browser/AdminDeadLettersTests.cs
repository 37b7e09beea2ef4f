using Microsoft.Playwright;
using Mom.Contracts.Operations;
using Mom.Tests.Support;

namespace Mom.Tests.Browser;

[Trait("Group", "browser")]
[Trait("Lane", "faults")]
public sealed class AdminDeadLettersTests(MomStack stack)
{
    [Fact]
    public async Task A_hundred_dead_letters_are_found_grouped_tried_dry_replayed_and_gone()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        var text = $"poison {Guid.NewGuid():N}";
        Assert.Equal(202, await admin.PostStatusAsync("/admin/demo/poison", $$"""{"text":"{{text}}","count":100,"curedByReplay":true}"""));
        var query = $"text={Uri.EscapeDataString(text)}";
        // The db worker collects them from their queues by and by.
        await Eventually.TrueAsync(
            async () => await admin.GetAsync<IReadOnlyList<DeadLetterCause>>($"/admin/dead-letters/groups?{query}") is [{ Count: 100, Type: "demo.poison.v1" }],
            "a hundred dead letters should be one group");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.AdministratorAsync(system, new() { ViewportSize = new() { Width = 1440, Height = 1000 } });

        await page.OpenAsync(system, "/admin/dead-letters", "Dead letters");
        await page.GetByLabel("Search").FillAsync(text);
        var group = page.GetByTestId("dead-letter-group");
        await Assertions.Expect(group).ToHaveCountAsync(1);
        await Assertions.Expect(group).ToContainTextAsync("100");
        await page.ShootAsync("admin/dead-letters-groups");
        Assert.Empty(await page.FlawsInBothThemesAsync("dead letters"));
        await group.GetByRole(AriaRole.Button, new() { Name = "Replay group" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("dry-run")).ToContainTextAsync("would replay 100 messages");
        Assert.Equal(100, (await admin.GetAsync<IReadOnlyList<DeadLetterCause>>($"/admin/dead-letters/groups?{query}"))[0].Count);

        await page.GetByLabel("At most per second").FillAsync("1000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay 100 now" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("order-progress")).ToHaveTextAsync("Finished: 100 of 100 replayed.");
        await page.ShootAsync("admin/dead-letters-replayed");
        await Assertions.Expect(group).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByTestId("dead-letter")).ToHaveCountAsync(0);
        Assert.Equal(100, (await admin.GetAsync<IReadOnlyList<DeadLetterCause>>($"/admin/dead-letters/groups?state=replayed&{query}"))[0].Count);
    }

    [Fact]
    public async Task A_dead_letter_is_mended_in_its_page_replayed_and_on_record()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        var text = $"poison {Guid.NewGuid():N}";
        Assert.Equal(202, await admin.PostStatusAsync("/admin/demo/poison", $$"""{"text":"{{text}}"}"""));
        IReadOnlyList<DeadLetter> letters = [];
        await Eventually.TrueAsync(
            async () => (letters = await admin.GetAsync<IReadOnlyList<DeadLetter>>($"/admin/dead-letters?text={Uri.EscapeDataString(text)}")).Count == 1, "the dead letter should be there");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.AdministratorAsync(system, new() { ViewportSize = new() { Width = 1440, Height = 1000 } });
        await page.OpenAsync(system, $"/admin/dead-letters/{letters[0].Id}", $"Dead letter {letters[0].Id}");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Headers" })).ToBeVisibleAsync();
        await page.ShootAsync("admin/dead-letter");
        Assert.Empty(await page.FlawsInBothThemesAsync("a dead letter"));

        await page.GetByLabel("What a replay sends").FillAsync($$"""{"text":"{{text}}","fails":false}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and replay" }).ClickAsync();

        await Assertions.Expect(page.Locator("dd").GetByText("replayed", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "edited" })).ToContainTextAsync(Mom.Testing.RunSettings.AdminEmail);
        await Assertions.Expect(page.GetByText("As it came")).ToBeVisibleAsync();
    }
}
