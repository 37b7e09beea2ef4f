using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mom.Messaging.Errors;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Security;

/// <summary>A service that may declare nothing works all the same, once another has; and a key that it may not publish with harms no other.</summary>
[Trait("Group", "security")]
public sealed class TopologyModeTests(DataServers servers)
{
    private static readonly BrokerTopology Awaited = NodeTopology.Default with { Mode = TopologyMode.Await };

    [Fact]
    public async Task A_service_that_may_declare_nothing_waits_until_another_has()
    {
        await using var broker = await servers.VirtualHostAsync();
        var user = await broker.AddUserAsync();
        await broker.PermitAsync(user, write: "^(test|mom)\\.", configure: $"^mom\\.reply\\.{user.UserName}\\.");
        var handled = new Counter();
        await using var engine = await EngineAsync(broker, user, handled);
        var health = engine.Services.GetRequiredService<HealthCheckService>();
        Assert.Contains("the topology is not declared yet: NOT_FOUND - no exchange 'test.commands.declared'", (await health.CheckHealthAsync()).Entries["messaging"].Description, StringComparison.Ordinal);
        Assert.Null(engine.Connections.Publish.Current);

        await broker.DeclareAsync(NodeTopology.Default);

        await engine.ConnectedAsync();
        await engine.ConsumingAsync();
        await engine.Publisher.PublishAsync(new Work(1));
        await handled.ReachesAsync(1, "the service should work once the topology is there");
        Assert.Equal(2, (await engine.Rpc().RequestAsync(new Ask(2))).Number);
    }

    [Fact]
    public async Task What_somebody_deletes_is_declared_anew_by_the_one_who_may_and_the_others_go_on()
    {
        await using var broker = await servers.VirtualHostAsync();
        var user = await broker.AddUserAsync();
        await broker.PermitAsync(user, write: "^(test|mom)\\.", configure: $"^mom\\.reply\\.{user.UserName}\\.");
        await using var deployer = await EngineHost.StartAsync(broker, messaging => messaging.KeepTopology(TimeSpan.FromSeconds(1)), NodeTopology.Default, contracts: NodeJsonContext.Default);
        var handled = new Counter();
        await using var engine = await EngineAsync(broker, user, handled);
        await engine.ConnectedAsync();
        await engine.ConsumingAsync();

        await broker.DeleteQueueAsync(NodeTopology.Work);

        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await engine.Publisher.PublishAsync(new Work(1));
                    return true;
                }
                catch (MessageUnroutableException)
                {
                    return false;
                }
            },
            "the queue should be there again");
        await handled.ReachesAsync(1, "the queue should be consumed again");
    }

    [Fact]
    public async Task A_key_that_may_not_be_published_with_is_told_as_such_and_closes_the_shared_channel_for_no_other_key()
    {
        await using var broker = await servers.VirtualHostAsync();
        await broker.DeclareAsync(NodeTopology.Default);
        var user = await broker.AddUserAsync();
        await broker.PermitTopicAsync(user, NodeTopology.Default.CommandExchange, write: "^test\\.notes$");
        await using var engine = await EngineAsync(broker, user, handled: null);
        await engine.ConnectedAsync();

        Assert.Contains("access to topic 'test.work'", (await Assert.ThrowsAsync<PublishForbiddenException>(() => engine.Publisher.PublishAsync(new Work(1)))).Message, StringComparison.Ordinal);
        // Known by now: a shared channel is closed by none of them, and so the other key has no part in it.
        var connection = engine.Connections.Publish.Require();
        var good = Enumerable.Range(0, 100).Select(number => engine.Publisher.PublishAsync(new Note(number))).ToList();
        await Assert.ThrowsAsync<PublishForbiddenException>(() => engine.Publisher.PublishAsync(new Work(2)));
        await Task.WhenAll(good);

        Assert.Same(connection, engine.Connections.Publish.Current);
        Assert.Equal(100u, await broker.CountAsync(NodeTopology.Notes));
    }

    [Theory]
    [InlineData("test.*")]
    [InlineData("#")]
    public async Task A_queue_whose_name_would_take_the_messages_of_others_is_refused_at_the_start(string queue)
    {
        await using var broker = await servers.VirtualHostAsync();
        var topology = NodeTopology.Default with { Queues = [.. NodeTopology.Default.Queues, new(queue)] };

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => EngineHost.StartAsync(broker, topology: topology, contracts: NodeJsonContext.Default));

        Assert.Contains($"The queue '{queue}' would take the messages of others", error.Message, StringComparison.Ordinal);
    }

    private static async Task<EngineHost> EngineAsync(VirtualHost broker, ConnectionFactory user, Counter? handled)
    {
        var engine = EngineHost.Create(
            broker,
            messaging =>
            {
                messaging.Services.AddSingleton<IConnectionFactory>(user);
                messaging.Services.AddLogging();
                if (handled is not null)
                {
                    messaging.Services.AddSingleton(new Behaviour
                    {
                        OnWork = (_, _) =>
                        {
                            handled.Add();
                            return Task.CompletedTask;
                        },
                    });
                    messaging.AddConsumer(NodeTopology.Work).Handle<Work, WorkHandler>().Answer<Ask, Answer, AskHandler>();
                }
            },
            Awaited,
            contracts: NodeJsonContext.Default);
        await engine.StartAsync();
        return engine;
    }
}
