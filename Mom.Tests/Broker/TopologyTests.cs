using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Mom.Contracts;
using Mom.Contracts.Json;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class TopologyTests(DataServers servers)
{
    [Fact]
    public async Task Declaring_again_changes_nothing()
    {
        await using var broker = await servers.VirtualHostAsync();

        await broker.DeclareAsync(MomTopology.Default);
        await broker.DeclareAsync(MomTopology.Default);

        Assert.Equal(0u, await broker.CountAsync(MomQueues.DbCommands));
        Assert.Equal(0u, await broker.CountAsync(MomTopology.Default.Queue(MomQueues.DbCommands).RetryQueue(1)));
        Assert.Equal(0u, await broker.CountAsync($"{MomQueues.DbCommands}.dead"));
    }

    [Theory]
    [InlineData(QueueType.Classic)]
    [InlineData(QueueType.Quorum)]
    public async Task Each_queue_type_takes_a_message_and_its_retry_queue_gives_it_back(QueueType type)
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker, topology: MomTopology.Default with { QueueType = type });

        await engine.Publisher.PublishAsync(OutboxTests.Step(1));
        var taken = (await broker.TakeAllAsync(MomQueues.MathSteps, 1)).Single();
        var failed = EnvelopeProperties.Read(taken.Exchange, taken.RoutingKey, taken.BasicProperties, taken.Body);
        await engine.Publisher.PublishAsync(failed with { RoutingKey = MomTopology.Default.Queue(MomQueues.MathSteps).RetryQueue(1), Expiration = TimeSpan.FromMilliseconds(50) }, CancellationToken.None);

        var back = (await broker.TakeAllAsync(MomQueues.MathSteps, 1)).Single();
        Assert.Equal(taken.BasicProperties.MessageId, back.BasicProperties.MessageId);
    }

    // A classic queue would have published it to nobody, and forgotten it.
    [Fact]
    public async Task A_message_whose_queue_is_gone_when_its_delay_is_over_is_kept_until_it_is_back()
    {
        await using var broker = await servers.VirtualHostAsync();
        // After how long a retry queue tries once more what nobody has confirmed; read when it is declared.
        await BrokerSettings.SetAsync(broker.System, "dead_letter_worker_publisher_confirm_timeout, 1000");
        try
        {
            await using var engine = await broker.NodeAsync();
            var retry = NodeTopology.Default.Queue(NodeTopology.Work).RetryQueue(1);
            var message = new Envelope(NodeTopology.Default.CommandExchange, retry, "test.work.v1", Guid.NewGuid(), 3, "{}"u8.ToArray()) { Persistent = true };
            await broker.DeleteQueueAsync(NodeTopology.Work);
            await engine.Publisher.PublishAsync(message with { Expiration = TimeSpan.FromMilliseconds(50) }, CancellationToken.None);
            await engine.Publisher.PublishAsync(new Note(1), new() { Delay = TimeSpan.FromSeconds(1) });
            await broker.DeleteQueueAsync(NodeTopology.Notes);
            await Eventually.TrueAsync(
                async () => await broker.CountAsync(retry) + await broker.CountAsync("mom.delay.level.00.v2") == 0, "the delays should be over");

            await broker.DeclareAsync(NodeTopology.Default);
            Assert.Equal($"{message.MessageId}", (await broker.TakeAllAsync(NodeTopology.Work, 1))[0].BasicProperties.MessageId);
            await broker.TakeAllAsync(NodeTopology.Notes, 1);
        }
        finally
        {
            await BrokerSettings.SetAsync(broker.System, "dead_letter_worker_publisher_confirm_timeout, 180000");
        }
    }

    // What an upgrade from the first version of this system leaves.
    [Fact]
    public async Task Classic_retry_queues_of_before_are_left_alone_and_drain()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await broker.DeclareAsync(NodeTopology.Default);
        await channel.QueueDeclareAsync("test.work.retry.1", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "classic",
            ["x-dead-letter-exchange"] = NodeTopology.Default.CommandExchange,
            ["x-dead-letter-routing-key"] = NodeTopology.Work,
        });
        await channel.BasicPublishAsync(string.Empty, "test.work.retry.1", mandatory: true, new BasicProperties { Expiration = "200", Persistent = true }, "{}"u8.ToArray());

        await broker.DeclareAsync(NodeTopology.Default);
        await broker.TakeAllAsync(NodeTopology.Work, 1);
        Assert.Equal("quorum", await broker.QueueTypeAsync(NodeTopology.Default.Queue(NodeTopology.Work).RetryQueue(1)));
    }

    [Fact]
    public async Task A_queue_may_have_another_type_than_the_rest()
    {
        await using var broker = await servers.VirtualHostAsync();
        var topology = MomTopology.Default with { Queues = [.. MomTopology.Default.Queues.Select(queue => queue.Name == MomQueues.MathSteps ? queue with { Type = QueueType.Quorum } : queue)] };

        await broker.DeclareAsync(topology);

        Assert.Equal("quorum", await broker.QueueTypeAsync(MomQueues.MathSteps));
        Assert.Equal("quorum", await broker.QueueTypeAsync($"{MomQueues.MathSteps}.dead"));
        Assert.Equal("classic", await broker.QueueTypeAsync(MomQueues.DbCommands));
    }

    [Fact]
    public async Task A_queue_that_exists_with_other_arguments_is_refused_with_the_argument_and_the_way_out()
    {
        await using var broker = await servers.VirtualHostAsync();
        await broker.DeclareAsync(MomTopology.Default with { QueueType = QueueType.Quorum });

        var error = await Assert.ThrowsAsync<TopologyMismatchException>(() => broker.DeclareAsync(MomTopology.Default));

        Assert.Equal(MomQueues.DbCommands, error.Name);
        Assert.Equal("x-queue-type", error.Argument);
        Assert.StartsWith(
            "The queue 'db.commands' exists with another 'x-queue-type': this system declares classic, the broker has quorum.", error.Message, StringComparison.Ordinal);
        Assert.Contains("delete it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_with_a_limit_drops_its_oldest_messages()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker, topology: WithLimits(new QueueLimits { Messages = 2, Bytes = 1_000_000, Age = TimeSpan.FromHours(1) }));
        var jobs = Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToList();

        foreach (var job in jobs)
        {
            await engine.Publisher.PublishAsync(Events.JobChanged(job));
        }

        var left = await broker.TakeAllAsync(MomQueues.SocketNotifications, 2);
        Assert.Equal(jobs[1..], left.Select(message => JsonSerializer.Deserialize(message.Body.Span, MomJsonContext.Default.JobChanged)!.Job.Id));
    }

    // What an upgrade from a version without the limit finds.
    [Fact]
    public async Task A_queue_without_its_limit_is_used_as_it_is_and_replaced_once_it_is_empty_and_unused()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var connection = await broker.ConnectAsync();
        await using var engine = await EngineHost.StartAsync(broker, topology: WithLimits(null));
        await engine.Publisher.PublishAsync(Events.JobChanged());

        var first = new TopologyDeclarer(MomTopology.Default);
        await first.DeclareAsync(connection, CancellationToken.None);
        Assert.Null(await broker.QueueArgumentAsync(MomQueues.SocketNotifications, "x-max-length"));
        Assert.Single(await broker.TakeAllAsync(MomQueues.SocketNotifications, 1));

        await broker.DeclareAsync(MomTopology.Default);
        Assert.Equal("100000", await broker.QueueArgumentAsync(MomQueues.SocketNotifications, "x-max-length"));
        Assert.Equal("drop-head", await broker.QueueArgumentAsync(MomQueues.SocketNotifications, "x-overflow"));
        await engine.Publisher.PublishAsync(Events.JobChanged());
        Assert.Single(await broker.TakeAllAsync(MomQueues.SocketNotifications, 1));

        // The one that had decided to keep it finds that it was replaced.
        await first.DeclareAsync(connection, CancellationToken.None);
        Assert.Equal("100000", await broker.QueueArgumentAsync(MomQueues.SocketNotifications, "x-max-length"));
    }

    private static BrokerTopology WithLimits(QueueLimits? limits) => MomTopology.Default with
    {
        Queues = [.. MomTopology.Default.Queues.Select(queue => queue.Name == MomQueues.SocketNotifications ? queue with { Limits = limits } : queue)],
    };

    [Fact]
    public async Task An_exchange_of_another_kind_is_refused_too()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(MomTopology.EventExchange, ExchangeType.Fanout, durable: true);

        var error = await Assert.ThrowsAsync<TopologyMismatchException>(() => broker.DeclareAsync(MomTopology.Default));

        Assert.StartsWith(
            "The exchange 'mom.events' exists with another 'type': this system declares topic, the broker has fanout.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_finds_another_queue_is_not_ready_says_why_and_goes_on_once_it_is_gone()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(
            MomQueues.MathSteps, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "classic", ["x-max-priority"] = 5 });
        await using var engine = EngineHost.Create(broker);
        await engine.StartAsync();
        var health = engine.Services.GetRequiredService<HealthCheckService>();

        await Eventually.TrueAsync(
            async () => (await health.CheckHealthAsync()).Entries["messaging"].Description?.Contains("'x-max-priority': this system declares 10, the broker has 5", StringComparison.Ordinal) == true,
            "readiness should say which argument differs");

        await channel.QueueDeleteAsync(MomQueues.MathSteps);
        await Eventually.TrueAsync(async () => (await health.CheckHealthAsync()).Status == HealthStatus.Healthy, "the process should become ready without a restart");
    }
}
