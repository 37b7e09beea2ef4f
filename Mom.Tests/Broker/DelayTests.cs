using System.Collections.Concurrent;
using System.Diagnostics;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class DelayTests(DataServers servers)
{
    // Both types at once: the longest takes a minute.
    [Fact]
    public Task Delayed_messages_are_due_within_a_second_and_none_waits_behind_a_longer_one() =>
        Task.WhenAll(AreDueAsync(QueueType.Classic), AreDueAsync(QueueType.Quorum));

    [Fact]
    public async Task Events_and_requests_of_an_urgent_lane_can_be_delayed_too()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.NodeAsync(NodeTopology.WithUrgentLane);
        await engine.Publisher.PublishAsync(new Happened(1), new PublishOptions { Delay = TimeSpan.FromSeconds(0.5) });
        await engine.Publisher.PublishAsync(new Ask(2), new PublishOptions { Delay = TimeSpan.FromSeconds(0.5) });
        Assert.Equal(0u, await broker.CountAsync(NodeTopology.Events));
        Assert.Equal(1, (await broker.TakeAllAsync(NodeTopology.Events, 1))[0].Number());
        Assert.Equal(2, (await broker.TakeAllAsync("test.work.urgent", 1))[0].Number());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            engine.Publisher.PublishAsync(new Happened(1), new PublishOptions { Delay = TimeSpan.FromDays(3_650) }));
    }

    private async Task AreDueAsync(QueueType type)
    {
        await using var broker = await servers.VirtualHostAsync();
        var arrived = new ConcurrentDictionary<int, (TimeSpan After, byte Priority)>();
        var all = new TaskCompletionSource();
        var clock = Stopwatch.StartNew();
        await using var engine = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (work, context) =>
                {
                    arrived[work.Number] = (clock.Elapsed, context.Priority);
                    if (arrived.Count == 4)
                    {
                        all.TrySetResult();
                    }

                    return Task.CompletedTask;
                },
            },
            topology: type == QueueType.Quorum ? NodeTopology.Quorum : NodeTopology.Default);
        clock.Restart();
        foreach (var seconds in (int[])[3_600, 60, 5, 1])
        {
            await engine.Publisher.PublishAsync(new Work(seconds), new PublishOptions { Delay = TimeSpan.FromSeconds(seconds), Priority = 7 });
        }

        await engine.Publisher.PublishAsync(new Work(0), new PublishOptions { Delay = TimeSpan.Zero, Priority = 7 });
        await all.Task.WaitAsync(TimeSpan.FromSeconds(90));
        foreach (var (seconds, (after, priority)) in arrived)
        {
            Assert.InRange(after, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 1));
            Assert.Equal(7, priority);
        }

        // An hour begins with its highest digit: 2048 s.
        Assert.Equal(1u, await broker.CountAsync("mom.delay.level.11"));
    }
}
