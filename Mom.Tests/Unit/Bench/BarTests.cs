using Mom.Bench.Measuring;
using Mom.Bench.Scenarios;
using Mom.Bench.WholeSystem;

namespace Mom.Tests.Unit.Bench;

[Trait("Group", "unit")]
public sealed class BarTests
{
    [Fact]
    public void A_bar_is_met_by_its_ratio_where_it_has_one()
    {
        Assert.True(Bar.AtLeast("jobs", 600, reference: null, 600).Met);
        Assert.False(Bar.AtLeast("jobs", 599.9, reference: null, 600).Met);
        Assert.False(Bar.AtLeast("publish / raw", 9_000, 10_000, 0.95, ratio: 0.9).Met);
        Assert.True(Bar.AtMost("POST /job, p50 ms", 4, 4).Met);
        Assert.False(Bar.AtMost("POST /job, p50 ms", 4.01, 4).Met);
    }

    [Fact]
    public void Each_goal_compares_the_engine_with_the_contender_that_it_names()
    {
        var scenario = new ScenarioResult("rpc-64", "requests", 100, [Of("raw", 1_000, 1), Of("mom", 900, 0.9), Of("MassTransit", 400, 0.4), Of("Wolverine", 600, 0.6)]);

        Assert.Equal(
            [("raw", 0.9, true), ("MassTransit", 2.25, true), ("Wolverine", 1.5, true)],
            Bars.Of(scenario).Select(bar => (bar.Name.Split("/ ")[^1], Math.Round(bar.Ratio!.Value, 3), bar.Met)));
    }

    [Fact]
    public void A_contender_that_did_not_take_part_is_no_reference_and_without_the_engine_there_is_no_bar()
    {
        Assert.Single(Bars.Of(new ScenarioResult("publish", "messages", 100, [Of("raw", 1_000, 1), Of("mom", 900, 0.9)])));
        Assert.Empty(Bars.Of(new ScenarioResult("price", "messages", 100, [Of("raw", 1_000, 1), Of("+ confirm", 900, 0.9)])));
    }

    private static Result Of(string contender, double rate, double ratio) => new(contender, rate, ratio, ratio, ratio, AllocatedPerMessage: 0, ProcessorMicroseconds: 0, BrokerMicroseconds: 0, Latency: null);
}
