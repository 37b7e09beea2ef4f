using Microsoft.Playwright;
using Mom.Tests.Support;

namespace Mom.Tests.Browser;

[Trait("Group", "browser")]
public sealed class ScheduledJobTests(MomStack stack)
{
    [Fact]
    public async Task A_job_that_starts_later_waits_and_can_be_cancelled_until_then()
    {
        var url = (await stack.SystemAsync()).Panel;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.PageAsync();
        var panel = new PanelPage(page, url);
        await panel.RegisterAsync($"{Guid.NewGuid():N}@example.org");

        await panel.FillOperationAsync(1, "add", "1, 2, 3");
        await panel.ChooseAsync(page.GetByLabel("Start"), "In an hour");
        await panel.Button("Order job").ClickAsync();

        var job = panel.Jobs.First;
        await Assertions.Expect(job.GetByTestId("job-status")).ToHaveTextAsync("Scheduled");
        await Assertions.Expect(job).ToContainTextAsync("Starts in");
        await job.GetByTestId("cancel-job").ClickAsync();
        await Assertions.Expect(job.GetByTestId("job-status")).ToHaveTextAsync("Cancelled");
        await Assertions.Expect(job.GetByTestId("retry-job")).ToBeVisibleAsync();
    }
}
