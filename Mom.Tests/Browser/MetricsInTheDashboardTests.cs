using Microsoft.Playwright;
using Mom.Testing;
using Mom.Tests.Support;
using Mom.Tests.TelemetryTests;

namespace Mom.Tests.Browser;

[Trait("Group", "aspire")]
public sealed class MetricsInTheDashboardTests(MomStack stack)
{
    [Theory]
    [InlineData(ResourceNames.Api, "messaging.client.sent.messages")]
    [InlineData(ResourceNames.MathWorker, "messaging.process.duration")]
    [InlineData(ResourceNames.DbWorker, "mom.messaging.outbox.relayed")]
    [InlineData(ResourceNames.DbWorker, "mom.messaging.outbox.lag")]
    public async Task The_metrics_of_this_system_are_drawn(string service, string instrument)
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        await user.DoneAsync((await user.CreateJobAsync(JobTrace.TwoOperations)).Id);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.PageAsync();
        var dashboard = await system.DashboardAsync();
        // With the token in its address: it is a cookie from then on.
        await page.GotoAsync(dashboard.ToString());

        await Eventually.TrueAsync(
            async () =>
            {
                // The page looks once for what its address names, which may be sent a second later.
                await page.GotoAsync($"{dashboard.GetLeftPart(UriPartial.Authority)}/metrics/resource/{service}?meter=Mom.Messaging&instrument={instrument}&view=Table");
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
