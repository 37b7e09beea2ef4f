using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class BatchTests(DataServers servers)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(0.2);

    // It stands still but for a test: nothing is too late to belong to a batch.
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Messages_come_many_at_a_time_and_are_acked_together()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using (var before = await broker.NodeAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, 105).Select(number => before.Publisher.PublishAsync(new Work(number))));
        }

        var batches = new Batches();
        await using var engine = await StartAsync(broker, batches);
        await batches.HandledAsync(100);
        await HeldAsync(engine, 5);
        Assert.Equal([50, 50], batches.Seen.Select(batch => batch.Count));
        // What is left over comes when the time is up.
        _time.Advance(Within);
        await batches.HandledAsync(105);
        Assert.Equal([50, 50, 5], batches.Seen.Select(batch => batch.Count));
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

        await using var engine = await StartAsync(broker, batches);
        await HeldAsync(engine, 20);
        // From now on time passes: the bad one waits for others each time that it comes back.
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(Within);
                return Task.FromResult(batches.Failed.Count(batch => batch.Count == 1) == 3);
            },
            "the bad message should fail alone in each of its attempts");
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
        await using var engine = await StartAsync(broker, batches);
        await engine.Publisher.PublishAsync(new Work(1));
        await HeldAsync(engine, 1);
        await engine.Control().DrainAsync(NodeTopology.Work);
        Assert.Equal([1], Assert.Single(batches.Seen));
    }

    [Fact]
    public async Task Without_waiting_one_that_comes_alone_is_handled_at_once_and_those_that_come_meanwhile_are_handled_together()
    {
        await using var broker = await servers.VirtualHostAsync();
        var batches = new Batches { First = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using var engine = await StartAsync(broker, batches, within: TimeSpan.Zero, concurrency: 1);
        await engine.Publisher.PublishAsync(new Work(1));
        await batches.Changes.UntilAsync(() => batches.Begun.Count == 1, "the first should be begun although nothing else has come");
        foreach (var number in Enumerable.Range(2, 10))
        {
            await engine.Publisher.PublishAsync(new Work(number));
        }

        // All have come: the broker holds none back.
        await Eventually.TrueAsync(async () => await broker.CountAsync(NodeTopology.Work) == 0, "all should have been delivered");
        batches.First.SetResult();
        await batches.HandledAsync(11);
        Assert.Equal([[1], [.. Enumerable.Range(2, 10)]], batches.Seen);
    }

    [Fact]
    public async Task Each_request_of_a_batch_gets_its_own_answer()
    {
        await using var broker = await servers.VirtualHostAsync();
        var sizes = new ConcurrentQueue<int>();
        await using var engine = await EngineHost.StartAsync(
            broker,
            messaging =>
            {
                messaging.Services.AddSingleton(sizes);
                messaging.AddConsumer(NodeTopology.Work, options => options.Concurrency = 1).AnswerBatch<Ask, Answer, Answerer>(50, TimeSpan.Zero);
            },
            NodeTopology.Default,
            contracts: NodeJsonContext.Default);
        var rpc = engine.Rpc();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
        {
            try
            {
                return $"{(await rpc.RequestAsync(new Ask(number))).Number}";
            }
            catch (RequestRefusedException refused)
            {
                return refused.Code;
            }
        }));

        Assert.Equal(Enumerable.Range(0, 40).Select(number => number % 10 == 3 ? $"test.no-{number}" : $"{number}"), answers);
        Assert.Contains(sizes, size => size > 1);
    }

    private sealed class Answerer(ConcurrentQueue<int> sizes) : IBatchRequestHandler<Ask, Answer>
    {
        public async Task<IReadOnlyList<Answer<Answer>>> HandleAsync(IReadOnlyList<Delivered<Ask>> requests, CancellationToken cancellationToken)
        {
            sizes.Enqueue(requests.Count);
            // Others come meanwhile.
            await Task.Delay(50, cancellationToken);
            return
            [
                .. requests.Select(request => request.Message.Number % 10 == 3
                    ? (Answer<Answer>)new RefusalException($"test.no-{request.Message.Number}", "No.")
                    : new Answer(request.Message.Number)),
            ];
        }
    }

    // It is the engine's own state, and of what waits in it nobody is told.
    private static Task HeldAsync(EngineHost engine, int count) =>
        Eventually.TrueAsync(() => Task.FromResult(engine.Control().Consumers[0].InFlight == count), $"{count} messages should wait for others");

    private Task<EngineHost> StartAsync(VirtualHost broker, Batches batches, TimeSpan? within = null, ushort concurrency = 4) => EngineHost.StartAsync(
        broker,
        messaging =>
        {
            messaging.Services.AddSingleton(batches);
            messaging.Services.AddSingleton<TimeProvider>(_time);
            messaging.AddConsumer(NodeTopology.Work, options => options.Concurrency = concurrency).HandleBatch<Work, Handler>(50, within ?? Within);
        },
        NodeTopology.Default,
        contracts: NodeJsonContext.Default);

    private sealed class Batches
    {
        public int? Bad { get; init; }

        /// <summary>Keeps the first call until it is set.</summary>
        public TaskCompletionSource? First { get; init; }

        public ConcurrentQueue<int> Begun { get; } = [];

        public ConcurrentQueue<IReadOnlyList<int>> Seen { get; } = [];

        public ConcurrentQueue<IReadOnlyList<int>> Failed { get; } = [];

        public Changes Changes { get; } = new();

        public Task HandledAsync(int messages) => Changes.UntilAsync(() => Seen.Sum(batch => batch.Count) == messages, $"{messages} messages should be handled");
    }

    private sealed class Handler(Batches batches) : IBatchHandler<Work>
    {
        public async Task HandleAsync(IReadOnlyList<Delivered<Work>> messages, CancellationToken cancellationToken)
        {
            batches.Begun.Enqueue(messages.Count);
            batches.Changes.Happened();
            await (batches.First?.Task ?? Task.CompletedTask);
            var numbers = messages.Select(message => message.Message.Number).ToList();
            if (batches.Bad is { } bad && numbers.Contains(bad))
            {
                batches.Failed.Enqueue(numbers);
                batches.Changes.Happened();
                throw new InvalidOperationException("told to fail");
            }

            foreach (var message in messages)
            {
                // Not awaited: the engine does, before it acks.
                _ = message.Context.PublishAsync(new Note(message.Message.Number));
            }

            batches.Seen.Enqueue(numbers);
            batches.Changes.Happened();
        }
    }
}
