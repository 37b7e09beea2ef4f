using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Messaging.Outbox;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class MetricsTests(DataServers servers)
{
    [Fact]
    public async Task Messages_sent_consumed_handled_and_given_up_are_counted()
    {
        await using var broker = await servers.VirtualHostAsync();
        using var meter = new MeterReader();
        await using var engine = await EngineHost.StartAsync(
            broker, messaging => messaging.AddConsumer(MomQueues.MathSteps).Handle<MathStep, Fussy>());

        for (var step = 0; step < 3; step++)
        {
            await engine.Publisher.PublishAsync(OutboxTests.Step(step));
        }

        await broker.DeleteQueueAsync(MomQueues.DbCommands);
        await Assert.ThrowsAsync<MessageUnroutableException>(() => engine.Publisher.PublishAsync(new StepDone(Guid.NewGuid(), 0, "3", 1)));
        await meter.CountAsync("messaging.process.duration", 3, "three messages should be handled");
        await engine.StopAsync();

        const string Step = "mom.messages:math.steps";
        Assert.Equal(3, meter.Sum("messaging.client.sent.messages", ("messaging.destination.name", Step)));
        Assert.Equal(1, meter.Sum("messaging.client.sent.messages", ("error.type", nameof(MessageUnroutableException))));
        Assert.Equal(3, meter.Sum("messaging.client.consumed.messages", ("messaging.destination.name", MomQueues.MathSteps), ("messaging.system", "rabbitmq")));
        Assert.Equal(1, meter.Count("messaging.process.duration", ("error.type", "_OTHER")));
        Assert.Equal(1, meter.Sum("mom.messaging.dead_letters", ("mom.dead.reason", "PermanentFailure")));
        Assert.Equal(0, meter.Sum("mom.messaging.confirms.outstanding"));
        Assert.NotEqual(0, meter.Count("mom.messaging.confirms.outstanding"));
        // From milliseconds to the longest answer of the math service.
        Assert.All(["messaging.client.operation.duration", "messaging.process.duration"], name => Assert.Equal((0.005, 10), (meter.Buckets(name)[0], meter.Buckets(name)[^1])));
    }

    [Fact]
    public async Task What_waits_in_the_outbox_is_measured()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        using var meter = new MeterReader();
        var options = new OutboxOptions { MaxAttempts = 1, MeasureInterval = TimeSpan.FromSeconds(0.1) };
        await using var engine = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database, options));
        await broker.DeleteQueueAsync(MomQueues.MathSteps);
        var held = Guid.NewGuid();

        await engine.SendAsync((held, OutboxTests.Step(1)), (held, OutboxTests.Step(2)), (Guid.NewGuid(), Events.JobChanged()));

        await Eventually.TrueAsync(
            () =>
            {
                meter.Observe();
                return Task.FromResult(
                    meter.Last("mom.messaging.outbox.dead") == 1
                    && meter.Last("mom.messaging.outbox.held") == 1
                    && meter.Last("mom.messaging.outbox.ready") == 1
                    && meter.Last("mom.messaging.outbox.lag") == 0);
            },
            "one message should be counted as dead and one behind it as held");
        Assert.Equal(1, meter.Sum("mom.messaging.outbox.relayed"));
    }

    private sealed class Fussy : IMessageHandler<MathStep>
    {
        public Task HandleAsync(MathStep message, MessageContext context, CancellationToken cancellationToken) =>
            message.Step == 2 ? throw new PermanentFailureException("Not this one.") : Task.CompletedTask;
    }
}
