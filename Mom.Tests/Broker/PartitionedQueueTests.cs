using System.Collections.Concurrent;
using Mom.Messaging.Consuming;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

/// <summary>Order per key with several processes: what docs/order.md promises.</summary>
[Trait("Group", "broker")]
public sealed class PartitionedQueueTests(DataServers servers)
{
    private const int Keys = 50;
    private const int Messages = 1_000;

    [Theory]
    [InlineData(QueueType.Classic)]
    [InlineData(QueueType.Quorum)]
    public async Task Three_processes_share_a_queue_and_each_key_is_in_order_and_never_handled_twice_at_once_also_when_one_is_lost(QueueType type)
    {
        await using var broker = await servers.VirtualHostAsync();
        var topology = NodeTopology.Partitioned with { QueueType = type };
        var watch = new KeyWatch();
        var engines = new List<EngineHost>();
        try
        {
            foreach (var process in Enumerable.Range(0, 3))
            {
                engines.Add(await broker.WorkerAsync(
                    new Behaviour { OnWork = (work, context) => watch.HandleAsync(process, work, context) },
                    options => (options.Concurrency, options.Prefetch, options.RebalanceEvery) = (4, 20, TimeSpan.FromSeconds(0.3)),
                    topology));
            }

            await using var sender = await broker.NodeAsync(topology);
            var sending = Task.WhenAll(Enumerable.Range(0, Keys).Select(async key =>
            {
                // One after the other: the order of a key is that in which its messages were confirmed.
                foreach (var number in Enumerable.Range(0, Messages / Keys))
                {
                    await sender.Publisher.PublishAsync(new Work(number, $"key {key}"), new PublishOptions { PartitionKey = $"key {key}" });
                }
            }));

            // The one that is active in all partitions, or in most of them.
            await watch.Changes.UntilAsync(() => watch.Handled > Messages / 4, "a quarter of the messages should be handled");
            var active = watch.Busiest;
            watch.Losing(active, true);
            await engines[active].CutConsumerAsync();
            watch.Losing(active, false);

            await sending;
            await watch.Changes.UntilAsync(() => watch.Handled == Messages, () => $"all messages should be handled, and {watch.Handled} are");
            // A process that is given none would say that the partitions are not shared: keys go on until each has had some.
            var more = 0;
            while (watch.Processes < 3)
            {
                Assert.True(more < 500, "Each process should have had a share of the partitions.");
                await Task.WhenAll(Enumerable.Range(0, Keys).Select(key => sender.Publisher.PublishAsync(
                    new Work((Messages / Keys) + more, $"key {key}"), new PublishOptions { PartitionKey = $"key {key}" })));
                more++;
                await watch.Changes.UntilAsync(() => watch.Handled == Messages + (Keys * more), "the messages after them should be handled");
            }

            Assert.Empty(watch.Violations);
            Assert.All(watch.Orders, order => Assert.Equal(Enumerable.Range(0, (Messages / Keys) + more), order));
        }
        finally
        {
            foreach (var engine in engines)
            {
                await engine.DisposeAsync();
            }
        }

        foreach (var queue in (string[])[.. topology.Queue(NodeTopology.Work).WorkQueues, "test.work.dead"])
        {
            Assert.Equal(0u, await broker.CountAsync(queue));
        }
    }

    [Fact]
    public async Task In_an_outage_that_outlasts_the_holding_the_order_of_a_key_stays_and_no_attempt_and_no_crash_is_charged()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (gate, begun, handled) = (new TestGate(), new Counter(), new ConcurrentQueue<(int Number, int Attempt)>());
        var done = new Counter();
        await using var engine = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (work, context) =>
                {
                    begun.Add();
                    gate.Use();
                    handled.Enqueue((work.Number, context.Attempt));
                    done.Add();
                    return Task.CompletedTask;
                },
            },
            // More often than a message may take its consumer down.
            options => (options.HoldLimit, options.MaxCrashes) = (TimeSpan.FromSeconds(0.1), 1),
            NodeTopology.Partitioned,
            gate: gate);
        foreach (var number in Enumerable.Range(1, 5))
        {
            await engine.Publisher.PublishAsync(new Work(number), new PublishOptions { PartitionKey = "a" });
        }

        await begun.ReachesAsync(4, "the message should go back, and come again");
        gate.Back.SetResult();

        await done.ReachesAsync(5, "all should be handled after the outage");
        await engine.StopAsync();
        Assert.Equal([(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)], handled);
        Assert.Equal(0u, await broker.CountAsync("test.work.dead"));
    }

    [Fact]
    public async Task A_sender_that_does_not_know_the_partitions_loses_nothing()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (handled, numbers) = (new Counter(), new ConcurrentQueue<int>());
        await using var engine = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (work, _) =>
                {
                    numbers.Enqueue(work.Number);
                    handled.Add();
                    return Task.CompletedTask;
                },
            },
            topology: NodeTopology.Partitioned);
        await using var sender = await EngineHost.StartAsync(broker, topology: NodeTopology.Partitioned with { Queues = [], Mode = TopologyMode.Await }, contracts: NodeJsonContext.Default);

        foreach (var number in Enumerable.Range(0, 20))
        {
            await sender.Publisher.PublishAsync(new Work(number), new PublishOptions { PartitionKey = "a" });
        }

        await handled.ReachesAsync(20, "all should be handled");
        Assert.Equal(Enumerable.Range(0, 20), numbers);
    }

    /// <summary>What an inbox would let through, and who handles which key.</summary>
    private sealed class KeyWatch
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, (int Process, int Life)> _inFlight = [];
        private readonly Dictionary<string, List<int>> _orders = [];
        private readonly HashSet<Guid> _inbox = [];
        private readonly int[] _lives = new int[3];
        private readonly bool[] _losing = new bool[3];
        private readonly int[] _handled = new int[3];

        public Changes Changes { get; } = new();

        public ConcurrentQueue<string> Violations { get; } = new();

        public int Handled
        {
            get
            {
                lock (_lock)
                    return _inbox.Count;
            }
        }

        public int Processes
        {
            get
            {
                lock (_lock)
                    return _handled.Count(count => count > 0);
            }
        }

        public int Busiest
        {
            get
            {
                lock (_lock)
                    return Array.IndexOf(_handled, _handled.Max());
            }
        }

        public IReadOnlyList<List<int>> Orders
        {
            get
            {
                lock (_lock)
                    return [.. _orders.Values];
            }
        }

        /// <summary>A process loses its connection, or has lost it: what it handles then goes on beside what the next one handles.</summary>
        public void Losing(int process, bool begins)
        {
            lock (_lock)
            {
                _losing[process] = begins;
                _lives[process]++;
            }
        }

        public async Task HandleAsync(int process, Work work, MessageContext context)
        {
            int life;
            lock (_lock)
            {
                life = _lives[process];
                if (_inFlight.TryGetValue(work.Kind, out var other) && _lives[other.Process] == other.Life && !_losing[other.Process])
                {
                    Violations.Enqueue($"{work.Kind} in process {process}, while it is handled in {other.Process}");
                }

                _inFlight[work.Kind] = (process, life);
            }

            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), context.CancellationToken);
            }
            finally
            {
                lock (_lock)
                {
                    if (_inFlight.GetValueOrDefault(work.Kind) == (process, life))
                    {
                        _inFlight.Remove(work.Kind);
                    }
                }
            }

            lock (_lock)
            {
                if (_inbox.Add(context.MessageId))
                {
                    _handled[process]++;
                    if (!_orders.TryGetValue(work.Kind, out var order))
                    {
                        _orders[work.Kind] = order = [];
                    }

                    order.Add(work.Number);
                }
            }

            Changes.Happened();
        }
    }
}
