using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mom.Tests.Unit.ServiceDefaults;

[Trait("Group", "unit")]
public sealed class HealthEndpointsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_without_trouble_is_ready_and_alive()
    {
        await using var service = await TestService.StartAsync();

        var health = await service.Http.GetAsync("/health", Cancel);
        var alive = await service.Http.GetAsync("/alive", Cancel);

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal("application/json", health.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        using var body = JsonDocument.Parse(await health.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("Healthy", body.RootElement.GetProperty("status").GetString());
        Assert.Equal("Healthy", body.RootElement.GetProperty("checks").GetProperty("self").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_service_whose_server_is_away_is_alive_but_not_ready()
    {
        await using var service = await TestService.StartAsync(configure: builder => builder.Services.AddHealthChecks()
            .AddCheck("redis", () => HealthCheckResult.Unhealthy("no connection")));

        var health = await service.Http.GetAsync("/health", Cancel);
        var alive = await service.Http.GetAsync("/alive", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        using var body = JsonDocument.Parse(await health.Content.ReadAsStringAsync(Cancel));
        var redis = body.RootElement.GetProperty("checks").GetProperty("redis");
        Assert.Equal("Unhealthy", redis.GetProperty("status").GetString());
        Assert.Equal("no connection", redis.GetProperty("description").GetString());
    }

    [Fact]
    public async Task The_text_of_an_exception_stays_inside()
    {
        const string Secret = "hunter2";
        await using var service = await TestService.StartAsync(configure: builder => builder.Services.AddHealthChecks()
            .AddCheck("throws", () => throw new InvalidOperationException($"Password={Secret}"))
            .AddCheck("reports", () => HealthCheckResult.Unhealthy($"with {Secret}", new InvalidOperationException(Secret))));

        var health = await service.Http.GetAsync("/health", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.DoesNotContain(Secret, await health.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
