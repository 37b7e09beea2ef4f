using CsCheck;
using Mom.Messaging.Retries;
using Mom.Messaging.Topology;

namespace Mom.Tests.Unit.Messaging;

[Trait("Group", "unit")]
public sealed class RetryScheduleTests
{
    [Fact]
    public void A_delay_is_never_shorter_than_configured_nor_longer_than_with_all_its_jitter() =>
        Gen.Select(Gen.Int[1, 600_000].Array[1, 10], Gen.Double[0, 1]).Sample((milliseconds, random) =>
        {
            var queue = new QueueDefinition("test") { RetryDelays = [.. milliseconds.Select(delay => TimeSpan.FromMilliseconds(delay))] };
            Assert.Equal(milliseconds.Length + 1, RetrySchedule.MaxAttempts(queue));
            for (var attempt = 1; attempt < RetrySchedule.MaxAttempts(queue); attempt++)
            {
                var configured = queue.RetryDelays[attempt - 1];
                Assert.InRange(RetrySchedule.DelayAfter(queue, attempt, random), configured, configured * (1 + RetrySchedule.Jitter));
            }
        });

    [Fact]
    public void Delays_that_grow_by_more_than_the_jitter_grow_at_every_chance() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Sample((first, second) =>
        {
            var queue = new QueueDefinition("test") { RetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)] };
            Assert.True(RetrySchedule.DelayAfter(queue, 1, first) < RetrySchedule.DelayAfter(queue, 2, second));
        });
}
