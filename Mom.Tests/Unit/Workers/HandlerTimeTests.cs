using Mom.Messaging.Consuming;
using Mom.Workers.Math;

namespace Mom.Tests.Unit.Workers;

[Trait("Group", "unit")]
public sealed class HandlerTimeTests
{
    // RabbitMQ's own consumer_timeout.
    private static readonly TimeSpan BrokersPatience = TimeSpan.FromMinutes(30);

    [Fact]
    public void A_handler_has_longer_than_the_math_service_may_take_and_shorter_than_the_broker_waits()
    {
        var options = new ConsumerOptions();
        // Two calls, and as long again for what is around them.
        Assert.True(options.HandlerTimeout > MathResilience.Patience * 4);
        Assert.True(options.HandlerTimeout + options.HandlerGrace < BrokersPatience / 2);
    }
}
