using Microsoft.Playwright;
using Mom.LocalHost;
using Mom.LocalHost.Servers;
using Mom.Tests.Support;
using Mom.Tests.TelemetryTests;

namespace Mom.Tests.Browser;

[Trait("Group", "browser")]
public sealed class MetricsInTheDashboardTests(MomStack stack)
{
    [Theory]
    [InlineData(ResourceNames.Api, "messaging.client.sent.messages")]
    [InlineData(ResourceNames.MathWorker, "messaging.process.duration")]
    [InlineData(ResourceNames.DbWorker, "mom.messaging.outbox.relayed")]
    [InlineData(ResourceNames.DbWorker, "mom.messaging.outbox.lag")]
    public async Task The_metrics_of_this_system_are_drawn(string service, string instrument)
    {
        Assert.SkipWhen(AspireCli.Find(Repository.Root) is null, "The Aspire dashboard is not installed: ./mom installs it from npm.");
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Urls.Api);
        await user.DoneAsync((await user.CreateJobAsync(JobTrace.TwoOperations)).Id);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();

        await Eventually.TrueAsync(
            async () =>
            {
                // The page looks once for what its address names, which may be sent a second later.
                await page.GotoAsync($"{system.Urls.Dashboard}/metrics/resource/{service}?meter=Mom.Messaging&instrument={instrument}&view=Table");
                return await IsShownAsync(page.GetByRole(AriaRole.Heading, new() { Name = instrument }));
            },
            $"the dashboard should draw {instrument} of {service}");
    }

    private static async Task<bool> IsShownAsync(ILocator heading)
    {
        try
        {
            await heading.WaitForAsync(new() { Timeout = 5_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
