using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Outbox;
using Mom.Messaging.Publishing;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;

namespace Mom.Tests.Broker.Engine;

/// <summary>What a sender may say of a message beside its body, and what goes along with what follows from it.</summary>
[Trait("Group", "broker")]
public sealed class PublishOptionsTests(DataServers servers)
{
    [Fact]
    public async Task Headers_correlation_and_tenant_are_sent_and_an_ordinary_message_has_none()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.NodeAsync();

        await engine.Publisher.PublishAsync(new Note(1), new PublishOptions
        {
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["source"] = "import", ["row"] = 7 },
            CorrelationId = "order-4711",
            Tenant = "acme",
        });
        await engine.Publisher.PublishAsync(new Note(2));

        var messages = await broker.TakeAllAsync(NodeTopology.Notes, 2);
        Assert.Equal<string?>(["import", "7", "order-4711", "acme", null], Of(messages[0]));
        Assert.All(Of(messages[1]), Assert.Null);

        static string?[] Of(RabbitMQ.Client.BasicGetResult message) =>
            [message.Header("source"), message.Header("row"), message.Header(MessageHeaders.Correlation), message.Header(MessageHeaders.Tenant), message.Header(MessageHeaders.Causation)];
    }

    [Fact]
    public async Task What_a_handler_sends_by_any_way_follows_from_its_message_also_after_a_retry()
    {
        await using var broker = await servers.VirtualHostAsync();
        EngineHost engine = null!;
        Guid? cause = Guid.NewGuid();
        MessageContext? asked = null;
        var behaviour = new Behaviour
        {
            OnAsk = (ask, context) => { asked = context; return Task.FromResult(new Answer(ask.Number)); },
            OnWork = async (_, context) =>
            {
                if (context.Attempt == 1)
                {
                    throw new InvalidOperationException("once");
                }

                await engine.Rpc().RequestAsync(new Ask(0));
                await context.PublishAsync(new Note(1));
                await engine.Publisher.PublishAsync(new Note(2), new PublishOptions { Tenant = "other" });
                await engine.Publisher.PublishAsync(engine.Services.GetRequiredService<IOutboxEnvelopes>().Create(new Note(3)), TestContext.Current.CancellationToken);
            },
        };
        await using var started = engine = await StartAsync(broker, behaviour, messaging => messaging.PropagateHeaders("source"));

        await engine.Publisher.PublishAsync(new Work(0), new PublishOptions
        {
            MessageId = cause,
            CorrelationId = "order-4711",
            Tenant = "acme",
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["source"] = "import", ["of-this-message"] = "1" },
        });

        foreach (var message in await broker.TakeAllAsync(NodeTopology.Notes, 3))
        {
            Assert.Equal("order-4711", message.Header(MessageHeaders.Correlation));
            Assert.Equal(cause.ToString(), message.Header(MessageHeaders.Causation));
            Assert.Equal(message.Number() == 2 ? "other" : "acme", message.Header(MessageHeaders.Tenant));
            Assert.Equal("import", message.Header("source"));
            Assert.Null(message.Header("of-this-message"));
        }

        Assert.Equal(("order-4711", cause, "acme"), (asked!.CorrelationId, asked.CausationId, asked.Tenant));
    }

    [Fact]
    public async Task With_correlation_switched_on_a_message_that_follows_from_none_begins_one()
    {
        await using var broker = await servers.VirtualHostAsync();
        var id = Guid.NewGuid();
        await using var engine = await StartAsync(broker, new Behaviour { OnWork = (_, context) => context.PublishAsync(new Note(1)) }, messaging => messaging.CorrelateMessages());

        await engine.Publisher.PublishAsync(new Work(0), new PublishOptions { MessageId = id });

        var message = Assert.Single(await broker.TakeAllAsync(NodeTopology.Notes, 1));
        Assert.Equal((id.ToString(), id.ToString()), (message.Header(MessageHeaders.Correlation), message.Header(MessageHeaders.Causation)));
    }

    [Fact]
    public async Task A_message_goes_where_its_sender_says()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.NodeAsync();

        await engine.Publisher.PublishAsync(new Work(1), new PublishOptions { Queue = NodeTopology.Notes });
        await engine.Publisher.PublishAsync(new Work(2), new PublishOptions { Topic = "test.other" });

        Assert.Equal(1, Assert.Single(await broker.TakeAllAsync(NodeTopology.Notes, 1)).Number());
        Assert.Equal(2, Assert.Single(await broker.TakeAllAsync(NodeTopology.Events, 1)).Number());
        await Assert.ThrowsAsync<MessageUnroutableException>(() => engine.Publisher.PublishAsync(new Work(3), new PublishOptions { Queue = "test.nowhere" }));
    }

    [Fact]
    public async Task A_message_expires_or_comes_at_its_time()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.NodeAsync();
        var now = TimeProvider.System.GetUtcNow();

        await engine.Publisher.PublishAsync(new Note(1), new PublishOptions { TimeToLive = TimeSpan.FromMilliseconds(1) });
        await engine.Publisher.PublishAsync(new Note(2), new PublishOptions { DeliverAt = now.AddDays(-1), TimeToLive = TimeSpan.FromHours(1) });
        await engine.Publisher.PublishAsync(new Note(3), new PublishOptions { DeliverAt = now.AddSeconds(1) });

        var messages = await broker.TakeAllAsync(NodeTopology.Notes, 2);
        Assert.Equal([2, 3], messages.Select(message => message.Number()));
        Assert.Equal("3600000", messages[0].BasicProperties.Expiration);
        Assert.True(TimeProvider.System.GetUtcNow() >= now.AddSeconds(1), "It should not come before its time.");
    }

    [Fact]
    public async Task Options_that_contradict_each_other_or_are_the_engines_own_are_refused_before_anything_is_sent()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.NodeAsync();
        PublishOptions[] wrong =
        [
            new() { Queue = "a", Topic = "b" },
            new() { Delay = TimeSpan.FromSeconds(1), DeliverAt = DateTimeOffset.MaxValue },
            new() { Delay = TimeSpan.FromSeconds(1), TimeToLive = TimeSpan.FromSeconds(1) },
            new() { TimeToLive = TimeSpan.Zero },
            new() { CorrelationId = new string('x', 256) },
            new() { Tenant = string.Empty },
            new() { Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [MessageHeaders.Attempt] = 3 } },
            new() { Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["CC"] = "elsewhere" } },
        ];

        foreach (var options in wrong)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await engine.Publisher.PublishAsync(new Note(1), options));
        }

        Assert.Throws<ArgumentException>(() => engine.Services.GetRequiredService<IOutboxEnvelopes>().Create(new Note(1), new PublishOptions { TimeToLive = TimeSpan.FromHours(1) }));
        Assert.Equal(0u, await broker.CountAsync(NodeTopology.Notes));
    }

    private static Task<EngineHost> StartAsync(VirtualHost broker, Behaviour behaviour, Action<MessagingBuilder> configure) => EngineHost.StartAsync(
        broker,
        messaging =>
        {
            messaging.Services.AddSingleton(behaviour);
            messaging.AddConsumer(NodeTopology.Work).Handle<Work, WorkHandler>().Answer<Ask, Answer, AskHandler>();
            configure(messaging);
        },
        NodeTopology.Default,
        contracts: NodeJsonContext.Default);
}
