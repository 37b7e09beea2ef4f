using Microsoft.Extensions.Time.Testing;
using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class BatchCollectorTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<int> _flushed = [];

    [Fact]
    public void A_full_batch_does_not_wait()
    {
        var collector = Collector();
        Add(collector, 3);
        Assert.Equal([3], _flushed);
        // Its timer is gone with it.
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([3], _flushed);
    }

    [Fact]
    public void The_first_message_waits_no_longer_than_it_should()
    {
        var collector = Collector();
        Add(collector, 1);
        _time.Advance(TimeSpan.FromMilliseconds(60));
        Add(collector, 1);
        Assert.Empty(_flushed);
        _time.Advance(TimeSpan.FromMilliseconds(40));
        Assert.Equal([2], _flushed);
    }

    [Fact]
    public void What_is_dropped_is_not_handled()
    {
        var collector = Collector();
        Add(collector, 2);
        Assert.Equal(2, collector.Drop());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_flushed);
    }

    private BatchCollector Collector() =>
        new(new BatchRegistration(3, TimeSpan.FromMilliseconds(100), (_, _, _) => Task.FromResult<IReadOnlyList<object>?>(null)), _time, (_, deliveries) => _flushed.Add(deliveries.Count));

    private static void Add(BatchCollector collector, int count)
    {
        for (var i = 0; i < count; i++)
            collector.Add(new Delivery(new Envelope("", "", "test.v1", Guid.NewGuid(), 1, default), (ulong)i, Redelivered: false, ReceivedAt: 0, Trace: default));
    }
}
