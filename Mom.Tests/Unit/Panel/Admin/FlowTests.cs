using Mom.Contracts;
using Mom.Contracts.Operations;
using Mom.Panel.Admin.Feed;
using Mom.Panel.Admin.Sea;

namespace Mom.Tests.Unit.Panel.Admin;

[Trait("Group", "unit")]
public sealed class FlowTests
{
    // 1,000 and 50 units long.
    private static readonly SeaEdge Long = new("long", "M0 0 H1000");
    private static readonly SeaEdge Short = new("short", "M0 0 H50");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.01, 0)]
    [InlineData(0.2, 1)]
    [InlineData(1, 5)]
    [InlineData(500, 15)]
    public void There_are_more_dots_for_more_messages_up_to_some(double rate, int dots) => Assert.Equal(dots, new Flow(Long, "request", rate).Dots);

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(2)]
    public void As_many_dots_arrive_as_messages_do_on_an_edge_of_any_length(double rate)
    {
        foreach (var edge in new[] { Long, Short })
        {
            var flow = new Flow(edge, "request", rate);
            Assert.Equal(rate, flow.Dots / flow.Seconds, 0.02);
            Assert.Equal(1, flow.Each, 0.2);
        }
    }

    [Fact]
    public void Of_many_messages_a_dot_stands_for_as_many_on_an_edge_of_any_length()
    {
        Assert.InRange(new Flow(Long, "request", 100).Each, 20, 40);
        Assert.Equal(new Flow(Long, "request", 100).Each, new Flow(Short, "request", 100).Each, 0.01);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(70)]
    public void A_dot_travels_for_whole_sixths_of_a_second_so_that_all_move_in_the_same_steps(double rate)
    {
        foreach (var edge in new[] { Long, Short, SeaMap.Replies, SeaMap.ToDead })
        {
            var flow = new Flow(edge, "request", rate);
            Assert.Equal(Math.Round(flow.Seconds * 6), flow.Seconds * 6, 0.000_1);
            Assert.Equal(Math.Round(flow.Seconds * 6 / flow.Dots), flow.Seconds * 6 / flow.Dots, 0.000_1);
        }
    }

    [Fact]
    public void A_rate_that_changes_by_little_looks_the_same() =>
        Assert.Equal(new Flow(Long, "request", 1.05).Style(1), new Flow(Long, "request", 1.3).Style(1));

    // A browser without a graphics card draws some hundred moving things slowly.
    [Fact]
    public void With_all_edges_busy_there_are_no_more_than_70_dots()
    {
        var queues = SeaMap.Queues.Select(queue => new QueueStatus(
            queue.Name is SeaMap.Steps ? MomQueues.MathSteps : queue.Name, 0, 0, 1, PublishedPerSecond: 900, DeliveredPerSecond: 900, 0, 0, [], [new($"{queue.Name}.urgent", 0, 900, 900)], 0, Paused: false));
        var state = new SeaState(AdminSnapshot.None.With(new SystemOverview(null, [.. queues], null, []), DateTimeOffset.UnixEpoch));

        Assert.InRange(Flow.AllOf(state).Sum(flow => flow.Dots), 40, 70);
    }

    [Fact]
    public void The_queues_of_all_job_types_are_one_in_the_picture()
    {
        var math = new QueueStatus(MomQueues.MathSteps, Ready: 3, 1, Consumers: 2, 4, 5, 0, Retrying: 2, [], [], 0, Paused: false);
        var text = math with { Name = MomQueues.TextSteps, Ready = 10, Consumers = 0, Paused = true };
        var state = new SeaState(AdminSnapshot.None.With(new SystemOverview(null, [math, text], null, []), DateTimeOffset.UnixEpoch));

        var steps = state.Queue(SeaMap.Steps)!;
        Assert.Equal((15, 4, 8d, 0, true), (steps.Depth(), steps.Retrying, steps.In(), steps.Consumers, steps.Paused));
    }

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
