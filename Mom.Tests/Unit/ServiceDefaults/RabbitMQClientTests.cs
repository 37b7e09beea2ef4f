using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;

namespace Mom.Tests.Unit.ServiceDefaults;

[Trait("Group", "unit")]
public sealed class RabbitMQClientTests
{
    [Fact]
    public async Task The_factory_has_the_connection_string_the_section_and_the_callers_own_wishes()
    {
        await using var service = await TestService.StartAsync(
            [
                new("ConnectionStrings:rabbitmq", "amqp://mom:secret@127.0.0.1:7072"),
                new("Aspire:RabbitMQ:Client:ConnectionFactory:RequestedHeartbeat", "00:00:07"),
                new("Aspire:RabbitMQ:Client:rabbitmq:ConnectionFactory:RequestedChannelMax", "77"),
            ],
            builder => builder.AddRabbitMQClient("rabbitmq", configureConnectionFactory: factory => factory.ClientProvidedName = "me"));

        var factory = Assert.IsType<ConnectionFactory>(service.Services.GetRequiredService<IConnectionFactory>());

        Assert.Equal(("127.0.0.1", 7072), (factory.Endpoint.HostName, factory.Endpoint.Port));
        Assert.Equal(("mom", "secret"), (factory.UserName, factory.Password));
        Assert.Equal(TimeSpan.FromSeconds(7), factory.RequestedHeartbeat);
        Assert.Equal(77, factory.RequestedChannelMax);
        Assert.Equal("me", factory.ClientProvidedName);
    }

    [Fact]
    public async Task The_connection_string_may_stand_in_the_section_too()
    {
        await using var service = await TestService.StartAsync(
            [new("Aspire:RabbitMQ:Client:ConnectionString", "amqp://127.0.0.1:7999")],
            builder => builder.AddRabbitMQClient("rabbitmq"));

        Assert.Equal(7999, Factory(service.Services.GetRequiredService<IConnectionFactory>()).Endpoint.Port);
    }

    [Fact]
    public async Task Keyed_clients_have_their_own_servers()
    {
        await using var service = await TestService.StartAsync(
            [new("ConnectionStrings:one", "amqp://127.0.0.1:7001"), new("ConnectionStrings:two", "amqp://127.0.0.1:7002")],
            builder =>
            {
                builder.AddKeyedRabbitMQClient("one");
                builder.AddKeyedRabbitMQClient("two");
            });

        Assert.Equal(7001, Factory(service.Services.GetRequiredKeyedService<IConnectionFactory>("one")).Endpoint.Port);
        Assert.Equal(7002, Factory(service.Services.GetRequiredKeyedService<IConnectionFactory>("two")).Endpoint.Port);
    }

    [Fact]
    public async Task A_broker_that_is_away_makes_the_service_not_ready_and_nothing_worse()
    {
        await using var service = await TestService.StartAsync(
            [new("ConnectionStrings:rabbitmq", "amqp://mom:secret@127.0.0.1:1")],
            builder => builder.AddRabbitMQClient("rabbitmq", settings => settings.MaxConnectRetryCount = 0));

        var health = await service.Http.GetAsync("/health", TestContext.Current.CancellationToken);
        var body = await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        using var json = JsonDocument.Parse(body);
        Assert.Equal("Unhealthy", json.RootElement.GetProperty("checks").GetProperty("RabbitMQ.Client").GetProperty("status").GetString());
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_check_can_be_left_out()
    {
        await using var service = await TestService.StartAsync(
            [new("ConnectionStrings:rabbitmq", "amqp://127.0.0.1:1")],
            builder => builder.AddRabbitMQClient("rabbitmq", settings => settings.DisableHealthChecks = true));

        var health = await service.Http.GetAsync("/health", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    private static ConnectionFactory Factory(IConnectionFactory factory) => Assert.IsType<ConnectionFactory>(factory);
}
