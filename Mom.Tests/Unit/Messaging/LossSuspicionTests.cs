using Mom.Messaging.EntityFrameworkCore.Reconciling;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class LossSuspicionTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly ReconcilingOptions _options = new(Period: TimeSpan.FromSeconds(15), WhenQueuesAreEmpty: TimeSpan.FromSeconds(90), InAnyCase: TimeSpan.FromHours(1));

    [Fact]
    public void Patience_is_short_only_after_the_queues_were_empty_for_long_enough()
    {
        var suspicion = new LossSuspicion(_options);
        suspicion.Note(ready: 0, Start);
        Assert.Equal(_options.InAnyCase, suspicion.Patience(Start.AddSeconds(89)));
        suspicion.Note(ready: 0, Start.AddSeconds(60));
        Assert.Equal(_options.WhenQueuesAreEmpty, suspicion.Patience(Start.AddSeconds(90)));
    }

    [Theory]
    [InlineData(1L)]
    [InlineData(null)]
    public void A_queue_with_a_message_or_a_broker_that_does_not_answer_starts_the_wait_anew(long? ready)
    {
        var suspicion = new LossSuspicion(_options);
        suspicion.Note(ready: 0, Start);
        suspicion.Note(ready, Start.AddSeconds(80));
        suspicion.Note(ready: 0, Start.AddSeconds(85));
        Assert.Equal(_options.InAnyCase, suspicion.Patience(Start.AddSeconds(100)));
        Assert.Equal(_options.WhenQueuesAreEmpty, suspicion.Patience(Start.AddSeconds(175)));
    }
}
