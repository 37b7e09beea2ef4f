using Mom.Bench.Measuring;

namespace Mom.Tests.Unit.Bench;

[Trait("Group", "unit")]
public sealed class RoundTests
{
    [Fact]
    public void A_round_whose_messages_all_arrived_once_is_good()
    {
        var round = new Round(3);
        round.CountTogether(3);

        round.Verify("somebody");

        Assert.True(round.AllCounted.IsCompletedSuccessfully, "Each message was counted, so the round is at its end.");
    }

    [Fact]
    public void A_missing_message_is_found()
    {
        var round = new Round(3);
        round.Count(0);
        round.Count(2);

        var miscount = Assert.Throws<MiscountException>(() => round.Verify("somebody"));

        Assert.Equal("somebody: of 3 messages 1 are missing and 0 came once too often.", miscount.Message);
        Assert.False(round.AllCounted.IsCompleted, "One message is still to come.");
    }

    [Fact]
    public void A_message_that_came_twice_is_found_even_if_the_sum_is_right()
    {
        var round = new Round(3);
        round.Count(0);
        round.Count(0);
        round.Count(2);

        var miscount = Assert.Throws<MiscountException>(() => round.Verify("somebody"));

        Assert.Equal("somebody: of 3 messages 1 are missing and 1 came once too often.", miscount.Message);
    }

    [Fact]
    public void More_in_the_queue_than_were_sent_is_found()
    {
        var round = new Round(3);
        round.CountTogether(4);

        Assert.Throws<MiscountException>(() => round.Verify("somebody"));
    }

    [Fact]
    public void The_clock_runs_from_the_first_beginning_to_the_last_new_message()
    {
        var round = new Round(2);
        round.Begin();
        round.Count(0);
        round.Begin();
        round.Count(1);
        var elapsed = round.Elapsed;
        round.Count(1);
        round.End();

        Assert.Equal(elapsed, round.Elapsed);
        Assert.True(round.Rate > 0, "Two messages in some time are a rate.");
    }
}
