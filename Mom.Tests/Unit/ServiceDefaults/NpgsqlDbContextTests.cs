using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mom.Tests.Unit.ServiceDefaults;

[Trait("Group", "unit")]
public sealed class NpgsqlDbContextTests
{
    private const string Unavailable = "Host=127.0.0.1;Port=1;Username=mom;Password=secret;Database=momdb;Timeout=1";

    [Fact]
    public async Task The_context_has_the_connection_string_and_the_settings()
    {
        await using var service = await TestService.StartAsync(
            [new("ConnectionStrings:momdb", Unavailable), new("Aspire:Npgsql:EntityFrameworkCore:PostgreSQL:EmptyContext:CommandTimeout", "7")],
            builder => builder.AddNpgsqlDbContext<EmptyContext>("momdb", settings => settings.DisableRetry = true));
        await using var scope = service.Services.CreateAsyncScope();

        var database = scope.ServiceProvider.GetRequiredService<EmptyContext>().Database;

        Assert.Equal(Unavailable, database.GetConnectionString());
        Assert.Equal(7, database.GetCommandTimeout());
        Assert.False(database.CreateExecutionStrategy().RetriesOnFailure);
    }

    [Fact]
    public async Task Retries_are_the_default()
    {
        await using var service = await TestService.StartAsync(
            [new("ConnectionStrings:momdb", Unavailable)], builder => builder.AddNpgsqlDbContext<EmptyContext>("momdb"));
        await using var scope = service.Services.CreateAsyncScope();

        Assert.True(scope.ServiceProvider.GetRequiredService<EmptyContext>().Database.CreateExecutionStrategy().RetriesOnFailure);
    }

    [Fact]
    public async Task A_database_that_is_away_makes_the_service_not_ready_and_nothing_worse()
    {
        await using var service = await TestService.StartAsync(
            [new("ConnectionStrings:momdb", Unavailable)],
            builder => builder.AddNpgsqlDbContext<EmptyContext>("momdb", settings => settings.DisableRetry = true));

        var health = await service.Http.GetAsync("/health", TestContext.Current.CancellationToken);
        var body = await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains(nameof(EmptyContext), body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_connection_string_is_named_when_a_context_is_asked_for()
    {
        await using var service = await TestService.StartAsync(configure: builder => builder.AddNpgsqlDbContext<EmptyContext>("momdb"));
        await using var scope = service.Services.CreateAsyncScope();

        var thrown = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<EmptyContext>());

        Assert.Contains("'ConnectionStrings:momdb'", thrown.Message, StringComparison.Ordinal);
    }

    public sealed class EmptyContext(DbContextOptions<EmptyContext> options) : DbContext(options);
}
