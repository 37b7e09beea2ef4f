using Mom.Bench.Capacity;

namespace Mom.Tests.Unit.Bench;

[Trait("Group", "unit")]
public sealed class ErlangCTests
{
    // One server: the probability is its utilisation. Two at load 1: 1/3. The others are from published Erlang C tables.
    [Theory]
    [InlineData(1, 0.8, 0.8)]
    [InlineData(2, 1, 0.33333)]
    [InlineData(5, 4, 0.55411)]
    [InlineData(10, 8, 0.40918)]
    public void The_probability_to_wait_is_that_of_the_tables(int servers, double load, double expected) =>
        Assert.Equal(expected, ErlangC.WaitProbability(servers, load), 0.00001);

    [Fact]
    public void One_server_waits_as_a_single_queue_does() => Assert.Equal(40, ErlangC.MeanWait(1, 0.8, 10), 0.0001);

    [Fact]
    public void Many_servers_do_not_overflow() => Assert.InRange(ErlangC.WaitProbability(10_000, 9_900), 0, 1);

    [Fact]
    public void Priorities_share_the_waiting_and_do_not_change_its_sum()
    {
        var waits = ErlangC.MeanWaits(4, [1.2, 2], 10);

        Assert.True(waits[0] < waits[1], "The higher class waits less.");
        Assert.Equal(ErlangC.MeanWait(4, 3.2, 10), ((1.2 * waits[0]) + (2 * waits[1])) / 3.2, 0.0001);
    }

    [Fact]
    public void More_load_than_servers_has_no_answer() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangC.WaitProbability(4, 4));
}
