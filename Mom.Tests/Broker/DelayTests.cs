using System.Collections.Concurrent;
using System.Diagnostics;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class DelayTests(DataServers servers)
{
    // So far apart that a machine that is busy with other things does not change their order.
    private static readonly int[] InTheirOrder = [1, 20, 60];

    // Both types at once: the longest takes a minute.
    [Fact]
    public Task Delayed_messages_come_never_before_their_time_and_none_waits_behind_a_longer_one() =>
        Task.WhenAll(ComeInTimeAsync(QueueType.Classic), ComeInTimeAsync(QueueType.Quorum));

    [Fact]
    public async Task Events_and_requests_of_an_urgent_lane_can_be_delayed_too()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await broker.NodeAsync(NodeTopology.WithUrgentLane);
        // No lapse of time makes up for an hour: the events' queue is empty for as long as it matters.
        await engine.Publisher.PublishAsync(new Happened(0), new PublishOptions { Delay = TimeSpan.FromHours(1) });
        Assert.Equal(0u, await broker.CountAsync(NodeTopology.Events));
        await engine.Publisher.PublishAsync(new Happened(1), new PublishOptions { Delay = TimeSpan.FromSeconds(0.5) });
        await engine.Publisher.PublishAsync(new Ask(2), new PublishOptions { Delay = TimeSpan.FromSeconds(0.5) });
        Assert.Equal(1, (await broker.TakeAllAsync(NodeTopology.Events, 1))[0].Number());
        Assert.Equal(2, (await broker.TakeAllAsync("test.work.urgent", 1))[0].Number());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            engine.Publisher.PublishAsync(new Happened(1), new PublishOptions { Delay = TimeSpan.FromDays(3_650) }));
    }

    private async Task ComeInTimeAsync(QueueType type)
    {
        await using var broker = await servers.VirtualHostAsync();
        var arrived = new ConcurrentQueue<(int Delay, TimeSpan After, byte Priority)>();
        var (clock, arrivals) = (new Stopwatch(), new Counter());
        await using var engine = await broker.WorkerAsync(
            new Behaviour
            {
                OnWork = (work, context) =>
                {
                    arrived.Enqueue((work.Number, clock.Elapsed, context.Priority));
                    arrivals.Add();
                    return Task.CompletedTask;
                },
            },
            topology: type == QueueType.Quorum ? NodeTopology.Quorum : NodeTopology.Default);
        // Before the first of them is published: what comes too soon is too soon by this clock too.
        clock.Start();
        foreach (var seconds in (int[])[3_600, 60, 20, 1])
        {
            await engine.Publisher.PublishAsync(new Work(seconds), new PublishOptions { Delay = TimeSpan.FromSeconds(seconds), Priority = 7 });
        }

        await engine.Publisher.PublishAsync(new Work(0), new PublishOptions { Delay = TimeSpan.Zero, Priority = 7 });
        await arrivals.ReachesAsync(InTheirOrder.Length + 1, "all but the message of an hour should come");
        Assert.All(arrived, arrival => Assert.True(arrival.After >= TimeSpan.FromSeconds(arrival.Delay), $"A message of {arrival.Delay} s should not come after {arrival.After}."));
        Assert.All(arrived, arrival => Assert.Equal(7, arrival.Priority));
        Assert.Equal(InTheirOrder, arrived.Select(arrival => arrival.Delay).Where(delay => delay > 0));

        // An hour begins with its highest digit: 2048 s.
        Assert.Equal(1u, await broker.CountAsync("mom.delay.level.11.v2"));
    }
}
