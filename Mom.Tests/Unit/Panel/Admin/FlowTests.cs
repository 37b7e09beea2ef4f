using Mom.Contracts.Operations;
using Mom.Panel.Admin.Feed;
using Mom.Panel.Admin.Sea;

namespace Mom.Tests.Unit.Panel.Admin;

[Trait("Group", "unit")]
public sealed class FlowTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.01, 0)]
    [InlineData(0.2, 1)]
    [InlineData(1, 3)]
    [InlineData(500, 8)]
    public void There_are_more_dots_for_more_messages_up_to_some(double rate, int dots) => Assert.Equal(dots, new Flow("M0 0", "request", rate).Dots);

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(2)]
    public void As_many_dots_arrive_as_messages_do(double rate)
    {
        var flow = new Flow("M0 0", "request", rate);
        Assert.Equal(rate, flow.Dots / flow.Seconds, 0.02);
        Assert.Equal(1, flow.Each, 0.2);
    }

    [Fact]
    public void Of_many_messages_a_dot_stands_for_several() => Assert.InRange(new Flow("M0 0", "request", 100).Each, 20, 40);

    [Fact]
    public void A_rate_that_changes_by_little_looks_the_same() =>
        Assert.Equal(new Flow("M0 0", "request", 1.05).Style(1), new Flow("M0 0", "request", 1.3).Style(1));

    [Fact]
    public void The_history_of_a_queue_is_five_minutes_long()
    {
        var queue = new QueueStatus("q", Ready: 0, 0, 1, 0, 0, 0, 0, [], [new("q.urgent", 2, 1, 1)], 0, Paused: false);
        var view = AdminSnapshot.None;
        for (var number = 0; number < AdminSnapshot.Kept + 5; number++)
        {
            view = view.With(new SystemOverview(null, [queue with { Ready = number }], null, []), DateTimeOffset.UnixEpoch);
        }

        Assert.Equal(AdminSnapshot.Kept, view.HistoryOf("q").Count);
        Assert.Equal(AdminSnapshot.Kept + 6, view.HistoryOf("q")[^1].Depth);
        Assert.Equal(5 + 2, view.HistoryOf("q")[0].Depth);
        Assert.Equal(1, view.HistoryOf("q")[0].In);
    }
}
