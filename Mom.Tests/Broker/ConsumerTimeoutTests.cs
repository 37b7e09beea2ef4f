using Mom.Contracts;
using Mom.Tests.Broker.Support;

namespace Mom.Tests.Broker;

/// <summary>A handler that takes longer than the broker waits for an ack: https://www.rabbitmq.com/docs/consumers#acknowledgement-timeout.</summary>
[Trait("Group", "broker")]
public sealed class ConsumerTimeoutTests(DataServers servers)
{
    [Fact]
    public async Task A_handler_that_outlasts_the_brokers_patience_is_given_the_message_again_and_has_one_effect()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var first = true;
        var hooks = new HandlerHooks();
        // The commit is done and the ack is late: the worst moment.
        hooks.AfterCommit = async () =>
        {
            if (first)
            {
                first = false;
                await hooks.CalledAsync(2, "the message should be delivered again");
            }
        };
        // Both are read when a channel is opened.
        await BrokerSettings.SetAsync(broker.System, "consumer_timeout, 1000", "channel_tick_interval, 200");
        try
        {
            await using var engine = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database).WithEffects(hooks));
            await engine.Publisher.PublishAsync(OutboxTests.Step(0));
            await hooks.CalledAsync(2, "the message should be delivered again");
            await engine.StopAsync();
        }
        finally
        {
            await BrokerSettings.SetAsync(broker.System, "consumer_timeout, 1800000", "channel_tick_interval, 60000");
        }

        Assert.Equal(1, await database.CountAsync("effects"));
        Assert.Equal(0u, await broker.CountAsync(MomQueues.MathSteps) + await broker.CountAsync($"{MomQueues.MathSteps}.dead"));
    }
}
