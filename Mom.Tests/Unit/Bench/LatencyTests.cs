using Mom.Bench.Measuring;

namespace Mom.Tests.Unit.Bench;

[Trait("Group", "unit")]
public sealed class LatencyTests
{
    [Fact]
    public void Percentiles_are_those_of_all_rounds_together()
    {
        var (fast, slow) = (new Round(90), new Round(10));
        for (var i = 1; i <= 90; i++)
            fast.Waited(TimeSpan.FromMilliseconds(1));
        for (var i = 1; i <= 10; i++)
            slow.Waited(TimeSpan.FromMilliseconds(100));

        var latency = Latency.Of([fast.Latencies, slow.Latencies])!;

        // The histogram keeps three significant digits.
        Assert.Equal(1, latency.P50, 0.01);
        Assert.Equal(100, latency.P95, 0.2);
        Assert.Equal(100, latency.P99, 0.2);
    }

    [Fact]
    public void Where_nobody_waited_there_is_none() => Assert.Null(Latency.Of([new Round(1).Latencies]));
}
