using Mom.Bench.Capacity;

namespace Mom.Tests.Unit.Bench;

[Trait("Group", "unit")]
public sealed class SimulationTests
{
    private const int Messages = 200_000;

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(4, 3.2)]
    [InlineData(16, 13)]
    public void Without_priorities_it_agrees_with_Erlang(int servers, double load)
    {
        var kind = new MessageClass("any", 1, load, ServiceTime.Exponential(1));

        var simulated = Simulation.Run(new Consumers(servers, 1, 1), [kind], Messages, seed: 7)[kind].Mean;

        var expected = ErlangC.MeanWait(servers, load, 1);
        Assert.InRange(simulated, expected * 0.9, expected * 1.1);
    }

    [Fact]
    public void With_priorities_it_agrees_with_Cobham()
    {
        var high = new MessageClass("high", 10, 1.2, ServiceTime.Exponential(1));
        var low = new MessageClass("low", 1, 2, ServiceTime.Exponential(1));

        var waits = Simulation.Run(new Consumers(4, 1, 1), [high, low], Messages, seed: 7);

        var expected = ErlangC.MeanWaits(4, [1.2, 2], 1);
        Assert.InRange(waits[high].Mean, expected[0] * 0.9, expected[0] * 1.1);
        Assert.InRange(waits[low].Mean, expected[1] * 0.9, expected[1] * 1.1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_result_and_another_one_another()
    {
        Assert.Equal(MeanOf(seed: 1), MeanOf(seed: 1));
        Assert.NotEqual(MeanOf(seed: 1), MeanOf(seed: 2));

        static double MeanOf(int seed)
        {
            var kind = new MessageClass("any", 1, 3, ServiceTime.Uniform(2));
            return Simulation.Run(new Consumers(2, 2, 4), [kind], 1_000, seed)[kind].Mean;
        }
    }

    [Fact]
    public void Every_message_after_the_first_tenth_is_counted()
    {
        var high = new MessageClass("high", 10, 1, ServiceTime.Exponential(1));
        var low = new MessageClass("low", 1, 5, ServiceTime.Exponential(1));

        var waits = Simulation.Run(new Consumers(2, 1, 8), [high, low], 1_000, seed: 3);

        Assert.Equal(900, waits.Values.Sum(wait => wait.Count));
    }

    [Fact]
    public void A_greater_prefetch_makes_requests_wait_longer_behind_a_backlog()
    {
        Assert.True(RequestWait(prefetch: 4) < RequestWait(prefetch: 8), "What was handed out is no longer ordered by priority.");
        Assert.True(RequestWait(prefetch: 8) < RequestWait(prefetch: 64), "What was handed out is no longer ordered by priority.");

        static double RequestWait(int prefetch)
        {
            var requests = new MessageClass("requests", 10, 50, ServiceTime.Exponential(0.01));
            var backlog = new MessageClass("backlog", 1, 1_000, ServiceTime.Exponential(0.01));
            return Simulation.Run(new Consumers(1, 4, prefetch), [requests, backlog], 20_000, seed: 5)[requests].At(99);
        }
    }
}
