using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Mom.Tests.Unit.ServiceDefaults;

[Trait("Group", "unit")]
public sealed partial class TelemetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traces_metrics_and_logs_are_exported_when_an_endpoint_is_set()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await TestService.StartAsync(receiver.Configuration, map: app => app.MapGet("/thing", () => "here"));
        using var meter = new Meter("Mom.Tests.Telemetry");
        using var source = new ActivitySource("Mom.Tests.Telemetry");

        await service.Http.GetStringAsync("/thing", Cancel);
        meter.CreateCounter<int>("mom.test.counter").Add(1);
        source.StartActivity("own span")!.Dispose();
        LogSomething(service.Services.GetRequiredService<ILogger<TelemetryTests>>(), "a line");
        await FlushAsync(service);

        Assert.Contains("GET /thing", receiver.Text("traces"), StringComparison.Ordinal);
        Assert.Contains("own span", receiver.Text("traces"), StringComparison.Ordinal);
        Assert.Contains("mom.test.counter", receiver.Text("metrics"), StringComparison.Ordinal);
        Assert.Contains("kestrel.active_connections", receiver.Text("metrics"), StringComparison.Ordinal);
        Assert.Contains("Something: a line", receiver.Text("logs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probes_leave_no_traces()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await TestService.StartAsync(receiver.Configuration, map: app => app.MapGet("/thing", () => "here"));

        await service.Http.GetStringAsync("/health", Cancel);
        await service.Http.GetStringAsync("/alive", Cancel);
        await service.Http.GetStringAsync("/thing", Cancel);
        await FlushAsync(service);

        Assert.Contains("/thing", receiver.Text("traces"), StringComparison.Ordinal);
        Assert.DoesNotContain("/health", receiver.Text("traces"), StringComparison.Ordinal);
        Assert.DoesNotContain("/alive", receiver.Text("traces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_and_quiet_paths_leave_no_traces_and_what_they_cause_leaves_none_either()
    {
        using var source = new ActivitySource("Mom.Tests.Telemetry");
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await TestService.StartAsync(
            [.. receiver.Configuration, new("OTEL_TRACES_SAMPLER", "always_on")],
            builder => builder.AddQuietPaths("/connection", "/renew"),
            app => app.MapGet("/{**path}", (string path) =>
            {
                using var span = source.StartActivity($"caused by {path}");
                return path;
            }),
            Environments.Development);

        foreach (var path in new[] { "/page.css", "/connection/negotiate", "/renew", "/thing" })
            await service.Http.GetStringAsync(path, Cancel);
        await FlushAsync(service);

        Assert.Contains("caused by thing", receiver.Text("traces"), StringComparison.Ordinal);
        foreach (var quiet in new[] { "page.css", "connection", "renew" })
            Assert.DoesNotContain(quiet, receiver.Text("traces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_nobody_asked_for_leaves_no_trace_here_and_none_at_the_callee()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await TestService.StartAsync(receiver.Configuration, map: app => app.MapGet("/{path}", (string path) => path));
        using var source = new ActivitySource("Mom.Tests.Telemetry");
        using var caller = new HttpClient { BaseAddress = service.Http.BaseAddress };

        await caller.GetStringAsync("/by-itself", Cancel);
        using (source.StartActivity("a click"))
            await caller.GetStringAsync("/by-a-click", Cancel);
        await FlushAsync(service);

        Assert.Contains("/by-a-click", receiver.Text("traces"), StringComparison.Ordinal);
        Assert.DoesNotContain("/by-itself", receiver.Text("traces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_queues_are_renamed_before_they_are_exported()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await TestService.StartAsync(
            [.. receiver.Configuration, new("ConnectionStrings:rabbitmq", "amqp://127.0.0.1:1")],
            builder => builder.AddRabbitMQClient("rabbitmq"));
        using var client = new ActivitySource("RabbitMQ.Client.Publisher");

        client.StartActivity("publish amq.gen-only-here")!.Dispose();
        await FlushAsync(service);

        Assert.Contains("publish replies", receiver.Text("traces"), StringComparison.Ordinal);
        Assert.DoesNotContain("only-here", receiver.Text("traces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_probe_asks_of_the_servers_leaves_no_traces_either()
    {
        using var source = new ActivitySource("Mom.Tests.Telemetry");
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var service = await TestService.StartAsync(
            [.. receiver.Configuration, new("OTEL_TRACES_SAMPLER", "always_on")],
            builder => builder.Services.AddHealthChecks().AddCheck("server", () =>
            {
                using var span = source.StartActivity("asked by a probe");
                return HealthCheckResult.Healthy();
            }),
            environment: Environments.Development);

        await service.Http.GetStringAsync("/health", Cancel);
        source.StartActivity("asked by somebody")!.Dispose();
        await FlushAsync(service);

        Assert.Contains("asked by somebody", receiver.Text("traces"), StringComparison.Ordinal);
        Assert.DoesNotContain("asked by a probe", receiver.Text("traces"), StringComparison.Ordinal);
    }

    // A caller has its answer before the span of its request has ended; a service that has stopped has ended them all.
    private static async Task FlushAsync(TestService service)
    {
        await service.StopAsync();
        var services = service.Services;
        services.GetRequiredService<TracerProvider>().ForceFlush();
        services.GetRequiredService<MeterProvider>().ForceFlush();
        services.GetRequiredService<LoggerProvider>().ForceFlush();
    }

    [LoggerMessage(LogLevel.Information, "Something: {What}")]
    private static partial void LogSomething(ILogger logger, string what);
}
