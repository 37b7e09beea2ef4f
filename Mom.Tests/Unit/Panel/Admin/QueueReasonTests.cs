using Mom.Contracts.Operations;
using Mom.Panel.Admin.Feed;
using Mom.Panel.Admin.Queues;

namespace Mom.Tests.Unit.Panel.Admin;

[Trait("Group", "unit")]
public sealed class QueueReasonTests
{
    private static readonly QueueStatus Idle = new("db.commands", Ready: 0, Unacked: 0, Consumers: 1, 0, 0, 0, Retrying: 0, [], [], Dead: 0, Paused: false);
    private static readonly Overview Known = new(new Dictionary<string, int>(), new Dictionary<string, int>(), 0, 0, 0, null, 0);

    [Fact]
    public void The_first_cause_that_holds_is_told()
    {
        var view = View(Known);

        Assert.Equal("Nothing to do: everything was handled.", QueueReason.Of(Idle, view));
        Assert.Equal("Working: 2 in flight, 5 behind them.", QueueReason.Of(Idle with { Ready = 5, Unacked = 2 }, view));
        Assert.Equal("Nothing to do but 3 messages between two attempts.", QueueReason.Of(Idle with { Retrying = 3 }, view));
        Assert.Equal("No consumer: 1 message waits until a db-worker is there.", QueueReason.Of(Idle with { Ready = 1, Consumers = 0 }, view));
        Assert.Equal(
            "No consumer: messages will wait until a worker with the role text is there.", QueueReason.Of(Idle with { Name = "text.steps", Consumers = 0 }, view));
        Assert.Equal("Paused by an administrator: messages will wait until it is resumed.", QueueReason.Of(Idle with { Paused = true, Consumers = 0 }, view));
        Assert.StartsWith("The database is unavailable", QueueReason.Of(Idle with { Ready = 1 }, View(null)), StringComparison.Ordinal);
        Assert.StartsWith("Alarm of the broker: x is short of memory", QueueReason.Of(Idle, View(Known, "x is short of memory.")), StringComparison.Ordinal);
        Assert.StartsWith("Every worker of it is drained", QueueReason.Of(Idle, View(Known, drained: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_needs_somebody_is_told_apart_from_what_somebody_wants()
    {
        Assert.Equal("good", QueueReason.Tone(Idle, View(Known)));
        Assert.Equal("waiting", QueueReason.Tone(Idle with { Paused = true }, View(Known)));
        Assert.Equal("bad", QueueReason.Tone(Idle with { Consumers = 0 }, View(Known)));
        Assert.Equal("bad", QueueReason.Tone(Idle, View(null)));
    }

    private static AdminSnapshot View(Overview? database, string? alarm = null, bool drained = false)
    {
        var worker = new WorkerStatus("a", "db-worker", ["db"], "host", 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, [new("db.commands", "consuming", 0, null, 0, 0)], [], Drained: drained);
        return AdminSnapshot.None.With(new SystemOverview(database, [Idle], [worker], [], alarm is null ? [] : [alarm]), DateTimeOffset.UnixEpoch);
    }
}
