using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class BatchTests(DataServers servers)
{
    [Fact]
    public async Task Messages_come_many_at_a_time_and_are_acked_together()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using (var before = await broker.NodeAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, 105).Select(number => before.Publisher.PublishAsync(new Work(number))));
        }

        var batches = new Batches();
        await using var engine = await StartAsync(broker, batches, TimeSpan.FromSeconds(0.2));
        await Eventually.TrueAsync(() => Task.FromResult(batches.Seen.Sum(batch => batch.Count) == 105), "105 messages should be handled");
        Assert.Equal(50, batches.Seen.Max(batch => batch.Count));
        // What was left over came when the time was up.
        Assert.Contains(batches.Seen, batch => batch.Count < 50);
        await engine.Control().DrainAsync(NodeTopology.Work);
        Assert.Equal(0u, await broker.CountAsync(NodeTopology.Work));
        Assert.Equal(105, engine.Control().Consumers[0].Handled);
        Assert.Equal(105, (await broker.TakeAllAsync(NodeTopology.Notes, 105)).Select(note => note.Number()).Distinct().Count());
    }

    [Fact]
    public async Task The_bad_one_of_a_batch_is_retried_alone()
    {
        await using var broker = await servers.VirtualHostAsync();
        var batches = new Batches { Bad = 7 };
        await using (var before = await broker.NodeAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(number => before.Publisher.PublishAsync(new Work(number))));
        }

        await using var engine = await StartAsync(broker, batches, TimeSpan.FromSeconds(0.2));
        var dead = (await broker.TakeAllAsync("test.work.dead", 1))[0];
        Assert.Equal(7, dead.Number());
        Assert.Equal("3", dead.Header(MessageHeaders.Attempt));
        Assert.Equal(19, (await broker.TakeAllAsync(NodeTopology.Notes, 19)).Select(note => note.Number()).Distinct().Count());
        Assert.Single(batches.Failed, batch => batch.Count > 1);
        Assert.Equal(3, batches.Failed.Count(batch => batch.Count == 1));
    }

    [Fact]
    public async Task A_batch_that_is_not_full_is_finished_by_a_drain()
    {
        await using var broker = await servers.VirtualHostAsync();
        var batches = new Batches();
        await using var engine = await StartAsync(broker, batches, TimeSpan.FromMinutes(1));
        await engine.Publisher.PublishAsync(new Work(1));
        await Eventually.TrueAsync(() => Task.FromResult(engine.Control().Consumers[0].InFlight == 1), "the message should wait for others");
        await engine.Control().DrainAsync(NodeTopology.Work);
        Assert.Equal([1], Assert.Single(batches.Seen));
    }

    private static Task<EngineHost> StartAsync(VirtualHost broker, Batches batches, TimeSpan within) => EngineHost.StartAsync(
        broker,
        messaging =>
        {
            messaging.Services.AddSingleton(batches);
            messaging.AddConsumer(NodeTopology.Work).HandleBatch<Work, Handler>(50, within);
        },
        NodeTopology.Default,
        contracts: NodeJsonContext.Default);

    private sealed class Batches
    {
        public int? Bad { get; init; }

        public ConcurrentQueue<IReadOnlyList<int>> Seen { get; } = [];

        public ConcurrentQueue<IReadOnlyList<int>> Failed { get; } = [];
    }

    private sealed class Handler(Batches batches) : IBatchHandler<Work>
    {
        public Task HandleAsync(IReadOnlyList<Delivered<Work>> messages, CancellationToken cancellationToken)
        {
            var numbers = messages.Select(message => message.Message.Number).ToList();
            if (batches.Bad is { } bad && numbers.Contains(bad))
            {
                batches.Failed.Enqueue(numbers);
                throw new InvalidOperationException("told to fail");
            }

            foreach (var message in messages)
            {
                // Not awaited: the engine does, before it acks.
                _ = message.Context.PublishAsync(new Note(message.Message.Number));
            }

            batches.Seen.Enqueue(numbers);
            return Task.CompletedTask;
        }
    }
}
