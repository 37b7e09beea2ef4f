using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Mom.Tests.Unit.ServiceDefaults;

[Trait("Group", "unit")]
public sealed class RedisClientTests
{
    private const string Unavailable = "127.0.0.1:1,connectTimeout=100,connectRetry=1,syncTimeout=200,asyncTimeout=200";

    [Fact]
    public async Task A_server_that_is_away_makes_the_service_not_ready_and_nothing_worse()
    {
        await using var service = await TestService.StartAsync(
            [new("ConnectionStrings:redis", Unavailable)], builder => builder.AddRedisClient("redis"));

        var health = await service.Http.GetAsync("/health", TestContext.Current.CancellationToken);
        var multiplexer = service.Services.GetRequiredService<IConnectionMultiplexer>();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.False(multiplexer.IsConnected);
    }

    [Fact]
    public async Task Who_asks_for_abortConnect_gets_it()
    {
        await using var service = await TestService.StartAsync(
            [new("ConnectionStrings:redis", Unavailable + ",abortConnect=true")], builder => builder.AddRedisClient("redis"));

        Assert.Throws<RedisConnectionException>(() => service.Services.GetRequiredService<IConnectionMultiplexer>());
    }

    [Fact]
    public async Task The_section_and_the_caller_have_their_say()
    {
        await using var service = await TestService.StartAsync(
            [
                new("ConnectionStrings:redis", Unavailable),
                new("Aspire:StackExchange:Redis:ConfigurationOptions:KeepAlive", "17"),
            ],
            builder => builder.AddRedisClient("redis", configureOptions: options => options.ClientName = "me"));

        var multiplexer = service.Services.GetRequiredService<IConnectionMultiplexer>();

        Assert.Contains("keepAlive=17", multiplexer.Configuration, StringComparison.Ordinal);
        Assert.Equal("me", multiplexer.ClientName);
    }

    [Fact]
    public async Task A_missing_connection_string_is_named()
    {
        await using var service = await TestService.StartAsync(configure: builder => builder.AddRedisClient("redis"));

        var thrown = Assert.Throws<InvalidOperationException>(() => service.Services.GetRequiredService<IConnectionMultiplexer>());

        Assert.Contains("'ConnectionStrings:redis'", thrown.Message, StringComparison.Ordinal);
    }
}
