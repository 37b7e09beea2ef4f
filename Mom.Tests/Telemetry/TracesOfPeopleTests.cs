using System.Net;
using Microsoft.Playwright;
using Mom.Testing;
using Mom.Tests.Browser;
using Mom.Tests.Support;

namespace Mom.Tests.TelemetryTests;

/// <summary>A trace belongs to what a person did, or to a message; all else leaves none, so that the trace of a job is found at once.</summary>
[Trait("Group", "browser")]
[Trait("System", "own")]
public sealed class TracesOfPeopleTests
{
    private const int Jobs = 10;

    // What ten minutes hold: a probe of each kind every five seconds, and a sign of the user every ten.
    private const int Probes = 120;
    private const int Signs = 60;

    // Pages that the user asks for before the first job. "list jobs" is the list of the page, which comes after the page itself.
    private static readonly string[] Visit = ["GET /", "GET /register", "POST /register", "list jobs"];

    private static readonly string[] Services =
        [ResourceNames.MathService, ResourceNames.DbWorker, ResourceNames.MathWorker, ResourceNames.Api, ResourceNames.Socket, ResourceNames.Panel];

    [Fact]
    public async Task Ten_jobs_leave_ten_traces_and_ten_idle_minutes_leave_none()
    {
        await using var receiver = await SpanReceiver.StartAsync();
        await using var system = await RunningSystem.StartAsync(new SystemOptions { Name = "tests-people", Environment = Settings(receiver) }, TestContext.Current.CancellationToken);

        using (var playwright = await Playwright.CreateAsync())
        {
            await using var browser = await Chromium.LaunchAsync(playwright);
            var page = await browser.PageAsync();
            var panel = new PanelPage(page, system.Panel);
            await panel.RegisterAsync($"{Guid.NewGuid():N}@example.org");

            await IdleAsync(page, system);
            await OrderAsync(page, panel);
        }

        // A service that stops sends what it has not sent yet: after this no span is under way.
        foreach (var service in Services)
        {
            await system.StopAsync(service);
        }

        var traces = receiver.Traces.Select(spans => spans.ToList()).ToList();
        var jobs = traces.Where(spans => spans.Exists(span => span.Attributes.ContainsKey("mom.job.id"))).ToList();
        Assert.Equal(Visit, traces.Except(jobs).Select(Root).Order(StringComparer.Ordinal));
        Assert.Equal(Jobs, jobs.Count);
        Assert.All(jobs, spans =>
        {
            Assert.Equal((ResourceNames.Panel, "order job"), spans.Where(span => span.IsRoot).Select(span => (span.Service, span.Name)).Single());
            Assert.Null(JobTrace.Flaw(spans));
        });
    }

    // The user is there, but does nothing: the page tells the panel so, the session is renewed, and everything is probed.
    private static async Task IdleAsync(IPage page, RunningSystem system)
    {
        var renewed = page.WaitForResponseAsync(answer => answer.Url.EndsWith("/session/renew", StringComparison.Ordinal));
        // The page sends a sign at most every ten seconds: each look at the clock is ten seconds later than the last.
        await page.EvaluateAsync("() => { const now = Date.now; let late = 0; Date.now = () => now() + (late += 10_000); }");
        using var http = new HttpClient();
        for (var number = 0; number < Probes; number++)
        {
            foreach (var service in Services)
            {
                foreach (var probe in new[] { "health", "alive" })
                {
                    using var answer = await http.GetAsync($"{system.AddressOf(service)}/{probe}");
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                }
            }

            if (number % (Probes / Signs) == 0)
            {
                await page.Mouse.MoveAsync(number, number);
            }
        }

        // The user moves until the renewal, which is due at half of the session's life.
        await Eventually.TrueAsync(
            async () =>
            {
                await page.Mouse.MoveAsync(Random.Shared.Next(100), Random.Shared.Next(100));
                return renewed.IsCompleted;
            },
            "the session should be renewed");
        Assert.Equal(204, (await renewed).Status);
    }

    private static async Task OrderAsync(IPage page, PanelPage panel)
    {
        for (var number = 1; number <= Jobs; number++)
        {
            await panel.Button("Example").ClickAsync();
            await panel.Button("Order job").ClickAsync();
            await Assertions.Expect(panel.Jobs).ToHaveCountAsync(number);
            await Assertions.Expect(panel.Jobs.First.GetByTestId("job-status")).ToHaveTextAsync("Succeeded");
        }
    }

    private static string Root(IReadOnlyList<TelemetrySpan> spans) =>
        spans.Where(span => span.IsRoot).Select(span => span.Name).FirstOrDefault() ?? $"a trace without a root: {spans[0].Service}: {spans[0].Name}";

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Settings(SpanReceiver receiver)
    {
        var settings = Services.ToDictionary(service => service, _ => new Dictionary<string, string>(receiver.Environment, StringComparer.Ordinal), StringComparer.Ordinal);
        // A session is renewed, and its connection to the socket replaced, while the test runs.
        settings[ResourceNames.Api]["Jwt__Lifetime"] = settings[ResourceNames.Socket]["Jwt__Lifetime"] = "00:00:20";
        settings[ResourceNames.DbWorker]["Jobs__Reconcile__Period"] = "00:00:01";
        settings[ResourceNames.MathService]["Math__Delay__Minimum"] = settings[ResourceNames.MathService]["Math__Delay__Maximum"] = "00:00:00";
        return settings.ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, string>)pair.Value, StringComparer.Ordinal);
    }
}
