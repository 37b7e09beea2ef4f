using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Broker;

/// <summary>
/// What the broker refuses for good by closing a channel, a permission that is missing (403) or a message above its own limit (406), is told from
/// a lost connection; nothing else is harmed by it, and it is over once the cause is.
/// </summary>
[Trait("Group", "broker")]
public sealed class PermissionTests(DataServers servers)
{
    private const string Everything = ".*";

    [Fact]
    public async Task A_forbidden_exchange_is_told_as_such_and_closes_the_shared_channel_once_at_most()
    {
        await using var broker = await servers.VirtualHostAsync();
        await broker.DeclareAsync(NodeTopology.Default);
        var user = await broker.AddUserAsync(write: AllBut(NodeTopology.Default.EventExchange));
        await using var engine = await EngineAsync(broker, user);
        var connection = engine.Connections.Publish.Require();

        var good = Enumerable.Range(0, 100).Select(number => engine.Publisher.PublishAsync(new Note(number))).ToList();
        var forbidden = engine.Publisher.PublishAsync(new Happened(1));
        good.AddRange(Enumerable.Range(100, 100).Select(number => engine.Publisher.PublishAsync(new Note(number))));
        Assert.Contains("ACCESS_REFUSED", (await Assert.ThrowsAsync<PublishForbiddenException>(() => forbidden)).Message, StringComparison.Ordinal);
        await Task.WhenAll(good);

        await ClosesNoSharedChannelAsync(engine, () => Assert.ThrowsAsync<PublishForbiddenException>(() => engine.Publisher.PublishAsync(new Happened(2))));
        Assert.Same(connection, engine.Connections.Publish.Current);
        await broker.PermitAsync(user, write: Everything);
        await engine.Publisher.PublishAsync(new Happened(3));
        Assert.Equal(3, (await broker.TakeAllAsync(NodeTopology.Events, 1))[0].Number());
        engine.AssertNothingInFlight();
    }

    [Fact]
    public async Task A_retry_that_is_forbidden_is_held_harms_no_other_message_and_goes_out_once_it_is_permitted()
    {
        await using var broker = await servers.VirtualHostAsync();
        using var meter = new MeterReader();
        var user = await broker.AddUserAsync();
        var (handled, second) = (new Counter(), new TaskCompletionSource<int>());
        await using var engine = await EngineAsync(broker, user, new Behaviour
        {
            OnWork = (work, context) =>
            {
                if (work.Number == 1)
                {
                    if (context.Attempt == 1)
                    {
                        throw new InvalidOperationException("told to fail");
                    }

                    second.TrySetResult(context.Attempt);
                }

                handled.Add();
                return Task.CompletedTask;
            },
        });
        var connection = engine.Connections.Publish.Require();
        // The engine has declared its topology, for which it needs the permission.
        await broker.PermitAsync(user, write: AllBut(NodeTopology.Default.CommandExchange));
        await using var other = await broker.NodeAsync();
        await other.Publisher.PublishAsync(new Work(1));
        await Eventually.TrueAsync(
            () => Task.FromResult(meter.Count("messaging.client.sent.messages", ("error.type", nameof(PublishForbiddenException))) >= 2), "the retry should be refused, and tried again");
        for (var number = 2; number <= 10; number++)
        {
            await other.Publisher.PublishAsync(new Work(number));
        }

        await handled.ReachesAsync(9, "the other messages should be handled meanwhile");
        Assert.Equal(1, engine.Control().Consumers[0].InFlight);
        Assert.Same(connection, engine.Connections.Publish.Current);

        await broker.PermitAsync(user, write: Everything);
        Assert.Equal(2, await second.Task.PatientlyAsync("the message should be tried again"));
    }

    [Fact]
    public async Task A_queue_that_may_not_be_consumed_is_told_by_readiness_and_keeps_no_other_lane_from_working()
    {
        await using var broker = await servers.VirtualHostAsync();
        var user = await broker.AddUserAsync(read: AllBut(NodeTopology.Work));
        var handled = new Counter();
        await using var engine = await EngineAsync(broker, user, new Behaviour { OnWork = (_, _) => { handled.Add(); return Task.CompletedTask; } });
        var connection = engine.Connections.Consume.Require();
        var health = engine.Services.GetRequiredService<HealthCheckService>();
        await Eventually.TrueAsync(
            async () => (await health.CheckHealthAsync()).Entries["messaging"].Description?.Contains("test.work is not consumed (ACCESS_REFUSED", StringComparison.Ordinal) == true,
            "readiness should say why the queue is not consumed");
        await engine.Publisher.PublishAsync(Poison("test.work.suspects", "{\"number\":1}"), CancellationToken.None);
        await handled.ReachesAsync(1, "the other lanes should work");
        Assert.Same(connection, engine.Connections.Consume.Current);

        await broker.PermitAsync(user, write: Everything);
        await engine.Publisher.PublishAsync(new Work(2));
        await handled.ReachesAsync(2, "the queue should be consumed once it is permitted");
        await engine.ConsumingAsync();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task A_body_above_the_brokers_own_limit_is_told_as_such_and_closes_the_shared_channel_once_at_most()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var limit = await broker.LimitBodiesAsync(65_536);
        await using var engine = await EngineAsync(broker, broker.Factory());
        var connection = engine.Connections.Publish.Require();

        var good = Enumerable.Range(0, 100).Select(number => engine.Publisher.PublishAsync(new Note(number))).ToList();
        var large = engine.Publisher.PublishAsync(Poison(NodeTopology.Notes, Large(0)), CancellationToken.None);
        good.AddRange(Enumerable.Range(100, 100).Select(number => engine.Publisher.PublishAsync(new Note(number))));
        Assert.Contains("larger than configured max size 65536", (await Assert.ThrowsAsync<MessageRejectedException>(() => large)).Message, StringComparison.Ordinal);
        await Task.WhenAll(good);

        await ClosesNoSharedChannelAsync(
            engine, () => Assert.ThrowsAsync<MessageRejectedException>(() => engine.Publisher.PublishAsync(Poison(NodeTopology.Notes, Large(0)), CancellationToken.None)));
        Assert.Same(connection, engine.Connections.Publish.Current);
        await limit.DisposeAsync();
        await engine.Publisher.PublishAsync(Poison(NodeTopology.Notes, Large(0)), CancellationToken.None);
        engine.AssertNothingInFlight();
    }

    [Fact]
    public async Task Messages_above_the_brokers_own_limit_that_fail_are_kept_out_of_the_broker_and_harm_no_other()
    {
        await using var broker = await servers.VirtualHostAsync();
        var quarantine = Directory.CreateTempSubdirectory("mom-quarantine-");
        await using (var before = await broker.NodeAsync())
        {
            // One that would be tried again, and one that would be a dead letter.
            await before.Publisher.PublishAsync(Poison(NodeTopology.Work, Large(-1)), CancellationToken.None);
            await before.Publisher.PublishAsync(Poison(NodeTopology.Work, Large(-2)), CancellationToken.None);
            await before.Publisher.PublishAsync(new Work(1));
        }

        await using var limit = await broker.LimitBodiesAsync(65_536);
        var handled = new Counter();
        await using var engine = await EngineAsync(
            broker,
            broker.Factory(),
            new Behaviour
            {
                OnWork = (work, _) => work.Number switch
                {
                    -1 => throw new InvalidOperationException("told to fail"),
                    -2 => throw new PermanentFailureException("never"),
                    _ => Handled(),
                },
            },
            quarantine.FullName);
        var (publish, consume) = (engine.Connections.Publish.Require(), engine.Connections.Consume.Require());
        await engine.Publisher.PublishAsync(new Work(2));
        await handled.ReachesAsync(2, "the ordinary messages should be handled");
        await Eventually.TrueAsync(() => Task.FromResult(quarantine.GetFiles("*.message").Length == 2), "the large messages should be in quarantine");
        await engine.Control().DrainAsync(NodeTopology.Work);

        Assert.Equal(
            [Large(-2), Large(-1)], quarantine.GetFiles("*.message").Select(file => Encoding.UTF8.GetString(Messaging.DeadLetters.Quarantine.Read(file.FullName)!.Body.Span)).Order(StringComparer.Ordinal).Reverse());
        foreach (var queue in (string[])[.. NodeTopology.Default.Queue(NodeTopology.Work).WorkQueues, "test.work.dead"])
        {
            Assert.Equal(0u, await broker.CountAsync(queue));
        }

        Assert.Same(publish, engine.Connections.Publish.Current);
        Assert.Same(consume, engine.Connections.Consume.Current);
        quarantine.Delete(recursive: true);

        Task Handled()
        {
            handled.Add();
            return Task.CompletedTask;
        }
    }

    private static string AllBut(string name) => $"^(?!{name.Replace(".", "\\.", StringComparison.Ordinal)}$).*";

    private static string Large(int number) => $$"""{"number":{{number}},"more":"{{new string('x', 100_000)}}"}""";

    private static Envelope Poison(string queue, string body) =>
        new(NodeTopology.Default.CommandExchange, queue, "test.work.v1", Guid.NewGuid(), 3, Encoding.UTF8.GetBytes(body)) { Persistent = true, Mandatory = true };

    private static Task<EngineHost> EngineAsync(VirtualHost broker, ConnectionFactory user, Behaviour? behaviour = null, string? quarantine = null) => EngineHost.StartAsync(
        broker,
        messaging =>
        {
            messaging.Services.AddSingleton<IConnectionFactory>(user);
            if (quarantine is not null)
            {
                messaging.Services.AddQuarantine(quarantine);
            }

            if (behaviour is not null)
            {
                messaging.Services.AddSingleton(behaviour);
                messaging.AddConsumer(NodeTopology.Work).Handle<Work, WorkHandler>();
            }
        },
        NodeTopology.Default,
        new PublisherOptions { Channels = 1 },
        NodeJsonContext.Default);

    private static async Task ClosesNoSharedChannelAsync(EngineHost engine, Func<Task> refused)
    {
        var shared = Channels((MessagePublisher)engine.Publisher)[0];
        var before = await shared.GetAsync();
        for (var turn = 0; turn < 3; turn++)
        {
            await refused();
        }

        Assert.Same(before, await shared.GetAsync());
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_channels")]
    private static extern ref ConfirmChannel[] Channels(MessagePublisher publisher);
}
