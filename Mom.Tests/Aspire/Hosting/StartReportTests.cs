using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mom.Hosting.Reporting;

namespace Mom.Tests.AspireTests.Hosting;

/// <summary>What the console tells of a start under the real orchestrator.</summary>
[Trait("Group", "aspire")]
[Trait("System", "own")]
public sealed class StartReportTests
{
    [Fact]
    public async Task A_failure_is_told_with_the_last_lines_of_the_log_and_with_those_that_wait()
    {
        await using var application = new SmallApplication();
        application.Builder.AddStartReport(new() { LogLines = 2 });
        // It ends when the other waits for it, not before.
        var waits = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var broken = application.AddShell("broken", $"while [ ! -e {waits} ]; do sleep 0.1; done; echo one; echo two; echo three; exit 3").WithHealthCheck("never");
        application.Builder.Services.AddHealthChecks().AddCheck("never", () => HealthCheckResult.Unhealthy());
        application.AddShell("patient", "exec sleep 1000").WaitFor(broken, WaitBehavior.WaitOnResourceUnavailable);
        try
        {
            var start = application.StartAsync();
            await application.UntilAsync("patient", KnownResourceStates.Waiting);
            await File.WriteAllTextAsync(waits, "");
            await application.UntilLoggedAsync("ended with code 3");

            var told = Assert.Single(application.Log, line => line.Contains("ended with code 3", StringComparison.Ordinal));
            Assert.StartsWith("Error: broken-", told);
            Assert.Contains("; waiting for it: patient", told);
            Assert.Equal(["  | two", "  | three"], told.ReplaceLineEndings("\n").Split('\n')[1..]);
            Assert.DoesNotContain(application.Log, line => line.Contains("resources are healthy", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(waits);
        }
    }

    [Fact]
    public async Task That_everything_is_healthy_is_told_once_with_the_addresses()
    {
        await using var application = new SmallApplication();
        application.Builder.AddStartReport();
        application.AddShell("one", "exec sleep 1000").WithUrl("http://user:secret@localhost:1234/path?t=token", "Page");
        application.AddShell("two", "exit 0");
        await application.StartAsync();

        await application.UntilLoggedAsync("resources are healthy");

        var told = Assert.Single(application.Log, line => line.Contains("resources are healthy", StringComparison.Ordinal));
        Assert.StartsWith("Information: All 2 resources are healthy after ", told);
        Assert.Contains("http://localhost:1234/path  one, Page", told);
        Assert.DoesNotContain("secret", told);
        Assert.DoesNotContain("token", told);
    }

    [Fact]
    public async Task What_runs_and_stays_unhealthy_is_told_once_with_the_message_of_its_health_check()
    {
        await using var application = new SmallApplication();
        application.Builder.AddStartReport(new()
        {
            UnhealthyAfter = TimeSpan.FromSeconds(1),
            Advice = message => message is "port: Nobody listens" ? "Start it." : null,
        });
        application.Builder.Services.AddHealthChecks().AddCheck("port", () => HealthCheckResult.Unhealthy("Nobody listens"));
        application.AddShell("deaf", "exec sleep 1000").WithHealthCheck("port");
        await application.StartAsync();

        await application.UntilLoggedAsync("has not been healthy");
        await application.StatesAsync("deaf", TimeSpan.FromSeconds(3));

        Assert.Matches("deaf-.* has not been healthy for [0-9]+ s: port: Nobody listens\\. Start it\\.", Assert.Single(application.Log, line => line.Contains("has not been healthy", StringComparison.Ordinal)));
    }
}
