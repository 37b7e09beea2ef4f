using Mom.Contracts;
using Mom.Messaging.Consuming;
using Mom.Messaging.Envelopes;
using Mom.Testing;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Support;

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
        await using (await ImpatientAsync(broker.System))
        {
            await using var engine = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database).WithEffects(hooks));
            await engine.Publisher.PublishAsync(OutboxTests.Step(0));
            await hooks.CalledAsync(2, "the message should be delivered again");
            await engine.StopAsync();
        }

        Assert.Equal(1, await database.CountAsync("effects"));
        Assert.Equal(0u, await broker.CountAsync(MomQueues.MathSteps) + await broker.CountAsync($"{MomQueues.MathSteps}.dead"));
    }

    // Longer than the broker's patience it is given back only when that is learned, from the first channel that the broker closes.
    [Theory]
    [InlineData(0.3)]
    [InlineData(300)]
    public async Task A_message_that_is_held_in_an_outage_past_the_brokers_patience_is_charged_nothing(double holdLimit)
    {
        // More often than it could be charged before it is a dead letter; each time the broker's patience is half over or more.
        const int times = 10;
        await using var broker = await servers.VirtualHostAsync();
        var (gate, held, handled) = (new TestGate(), new Counter(), new TaskCompletionSource<MessageContext>());
        await using (await ImpatientAsync(broker.System))
        {
            await using var engine = await broker.WorkerAsync(
                new Behaviour
                {
                    OnWork = (_, context) =>
                    {
                        held.Add();
                        gate.Use();
                        handled.TrySetResult(context);
                        return Task.CompletedTask;
                    },
                },
                options => options.HoldLimit = TimeSpan.FromSeconds(holdLimit),
                gate: gate);
            await engine.Publisher.PublishAsync(new Work(1));
            await held.ReachesAsync(times, "the message should be held again and again");
            gate.Back.SetResult();
            var context = await handled.Task.PatientlyAsync("the message should be handled after the outage");
            Assert.Equal(1, context.Attempt);
            Assert.DoesNotContain(MessageHeaders.Crashes, context.Headers.Keys);
            await engine.StopAsync();
        }

        foreach (var queue in new[] { "test.work", "test.work.suspects", "test.work.solo", "test.work.dead" })
        {
            Assert.Equal(0u, await broker.CountAsync(queue));
        }
    }

    // Both settings are read when a channel is opened.
    private static async Task<IAsyncDisposable> ImpatientAsync(RunningSystem system)
    {
        await BrokerSettings.SetAsync(system, "consumer_timeout, 1000", "channel_tick_interval, 200");
        return new Patient(system);
    }

    private sealed class Patient(RunningSystem system) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await BrokerSettings.SetAsync(system, "consumer_timeout, 1800000", "channel_tick_interval, 60000");
    }
}
