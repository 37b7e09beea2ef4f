using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Testing;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

/// <summary>A broker that is frozen, blocked or gone. Each test leaves it well.</summary>
[Trait("Group", "broker")]
public sealed class PublisherOutageTests(DataServers servers)
{
    // What it takes away from a broker that is frozen or blocked. From one that is well a confirm takes a hundredth of it.
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(3);
    private static readonly MathStep Step = new(Guid.NewGuid(), 0, "add", ["1", "2"]);

    [Fact]
    public async Task A_confirm_that_does_not_come_in_time_is_no_success()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker, publisher: new PublisherOptions { ConfirmTimeout = Brief });
        await engine.Publisher.PublishAsync(Step);
        using (broker.Freeze())
        {
            var error = await Assert.ThrowsAsync<ConfirmTimeoutException>(() => engine.Publisher.PublishAsync(Step));
            Assert.Contains("same message id", error.Message, StringComparison.Ordinal);
        }

        await engine.UntilNothingInFlightAsync();
    }

    [Fact]
    public async Task Who_finds_no_place_in_the_window_is_told_in_time()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(
            broker, publisher: new PublisherOptions { ConfirmTimeout = Brief, Window = 1 });
        await engine.Publisher.PublishAsync(Step);
        using (broker.Freeze())
        {
            await Assert.ThrowsAsync<ConfirmTimeoutException>(() => engine.Publisher.PublishAsync(Step));
            await Assert.ThrowsAsync<PublishWindowFullException>(() => engine.Publisher.PublishAsync(Step));
        }

        // The late confirm gives the place back.
        await engine.UntilNothingInFlightAsync();
        await engine.Publisher.PublishAsync(Step);
    }

    [Fact]
    public async Task A_queue_that_never_confirms_does_not_keep_the_window_from_others()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker, publisher: new PublisherOptions { ConfirmTimeout = Brief, Window = 2 });
        await engine.Publisher.PublishAsync(Step);
        await using (await broker.SuspendQueueAsync(MomQueues.MathSteps))
        {
            using var caller = new CancellationTokenSource();
            var given = engine.Publisher.PublishAsync(Step, cancellationToken: caller.Token);
            await caller.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
            await Assert.ThrowsAsync<ConfirmTimeoutException>(() => engine.Publisher.PublishAsync(Step));

            await engine.UntilNothingInFlightAsync();
            await engine.Publisher.PublishAsync(Events.JobChanged());
        }
    }

    [Fact]
    public async Task Cancellation_ends_the_waiting_and_not_the_publish()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker);
        await engine.Publisher.PublishAsync(Step);
        using (broker.Freeze())
        {
            using var caller = new CancellationTokenSource();
            var publish = engine.Publisher.PublishAsync(Step, cancellationToken: caller.Token);
            await caller.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publish);
        }

        await Eventually.TrueAsync(
            async () => await broker.CountAsync(MomQueues.MathSteps) == 2, "the message whose caller has gone should arrive all the same");
        await engine.UntilNothingInFlightAsync();
    }

    [Fact]
    public async Task A_connection_that_ends_before_the_confirm_is_no_success_and_comes_back()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker);
        // As many as there are channels, so that each of them is open.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => engine.Publisher.PublishAsync(Step)));
        using (broker.Freeze())
        {
            var publishes = Enumerable.Range(0, 50).Select(_ => engine.Publisher.PublishAsync(Step)).ToList();
            await engine.CutPublisherAsync();
            foreach (var publish in publishes)
            {
                await Assert.ThrowsAsync<ConnectionLostException>(() => publish);
            }

            var error = await Assert.ThrowsAsync<BrokerUnavailableException>(() => engine.Publisher.PublishAsync(Step));
            Assert.Contains("restores itself", error.Message, StringComparison.Ordinal);
        }

        engine.AssertNothingInFlight();
        await engine.ConnectedAsync();
        await engine.Publisher.PublishAsync(Step);
    }

    [Fact]
    public async Task A_memory_alarm_blocks_publishers_who_are_told_and_ends_by_itself()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = await EngineHost.StartAsync(broker, publisher: new PublisherOptions { ConfirmTimeout = Brief });
        await engine.Publisher.PublishAsync(Step);
        await RabbitMqCtl.RaiseMemoryAlarmAsync(broker.System);
        try
        {
            // The broker blocks a connection when it publishes next: that one message waits in vain, the others are told at once.
            var error = await Assert.ThrowsAsync<ConfirmTimeoutException>(() => engine.Publisher.PublishAsync(Step));
            Assert.Contains("blocks publishers", error.Message, StringComparison.Ordinal);
            var blocked = await Assert.ThrowsAsync<PublishingBlockedException>(() => engine.Publisher.PublishAsync(Step));
            Assert.Contains("low on memory", blocked.Message, StringComparison.Ordinal);
            Assert.NotNull(engine.Connections.Consume.Current);
        }
        finally
        {
            await RabbitMqCtl.EndMemoryAlarmAsync(broker.System);
        }

        await engine.UntilNothingInFlightAsync();
        await engine.UnblockedAsync();
        await engine.Publisher.PublishAsync(Step);
    }
}
