using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Inbox;
using Mom.Messaging.Publishing;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class InboxTests(DataServers servers)
{
    private static readonly MathStep Step = OutboxTests.Step(0);

    [Fact]
    public async Task A_duplicate_is_acked_and_has_no_second_effect()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var hooks = new HandlerHooks();
        await using var engine = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database).WithEffects(hooks));
        var id = Guid.NewGuid();

        for (var copy = 0; copy < 3; copy++)
        {
            await engine.Publisher.PublishAsync(Step, new PublishOptions { MessageId = id });
        }

        await hooks.CalledAsync(3, "each copy should be delivered");
        await engine.StopAsync();
        Assert.Equal([id], await database.QueryAsync<Guid>("select message_id from effects"));
        Assert.Equal(0u, await broker.CountAsync(MomQueues.MathSteps));
    }

    [Fact]
    public async Task Copies_that_two_processes_handle_at_the_same_time_have_one_effect()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var inside = new Counter();
        var hooks = new HandlerHooks
        {
            BeforeCommit = () =>
            {
                inside.Add();
                return go.Task;
            },
        };
        // What is prefetched is in flight, so that neither process holds back what the other has a place for.
        Action<ConsumerOptions> options = options => (options.Concurrency, options.Prefetch) = (4, 4);
        await using var one = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database).WithEffects(hooks, options));
        await using var other = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database).WithEffects(hooks, options));
        var id = Guid.NewGuid();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => one.Publisher.PublishAsync(Step, new PublishOptions { MessageId = id })));

        // All eight are in flight before the first commits; the others wait for it.
        await inside.ReachesAsync(1, "one copy should be about to be committed");
        await hooks.CalledAsync(8, "all copies should be at work at once");
        Assert.Equal(0, await database.CountAsync("effects"));
        go.SetResult();
        await one.StopAsync();
        await other.StopAsync();
        Assert.Equal(1, await database.CountAsync("effects"));
        Assert.Equal(0u, await broker.CountAsync(MomQueues.MathSteps));
    }

    [Fact]
    public async Task A_confirm_that_was_lost_and_the_message_published_again_has_one_effect()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        await using var engine = await EngineHost.StartAsync(
            broker, messaging => messaging.WithOutbox(database), publisher: new PublisherOptions { ConfirmTimeout = TimeSpan.FromSeconds(2) });
        var id = Guid.NewGuid();
        using (broker.Freeze())
        {
            await Assert.ThrowsAsync<Messaging.Errors.ConfirmTimeoutException>(
                () => engine.Publisher.PublishAsync(Step, new PublishOptions { MessageId = id }));
        }

        // The publisher cannot know that it arrived, and does the only right thing.
        await Eventually.TrueAsync(async () => await broker.CountAsync(MomQueues.MathSteps) == 1, "the first copy should arrive");
        await engine.Publisher.PublishAsync(Step, new PublishOptions { MessageId = id });
        Assert.Equal(2u, await broker.CountAsync(MomQueues.MathSteps));

        var hooks = new HandlerHooks();
        await using var worker = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database).WithEffects(hooks));
        await hooks.CalledAsync(2, "both copies should be delivered");
        await worker.StopAsync();
        Assert.Equal([id], await database.QueryAsync<Guid>("select message_id from effects"));
    }

    [Fact]
    public async Task Without_a_transaction_the_inbox_refuses()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        await using var engine = EngineHost.Create(broker, messaging => messaging.WithOutbox(database));
        await using var scope = engine.Services.CreateAsyncScope();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => scope.ServiceProvider.GetRequiredService<IInbox>().TryAddAsync(Guid.NewGuid(), "queue", CancellationToken.None));

        Assert.Contains("begin one first", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_older_than_the_retention_is_forgotten_in_small_batches()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var now = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);
        await using var engine = EngineHost.Create(broker, messaging =>
        {
            messaging.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(now));
            messaging.WithOutbox(database, inbox: new InboxOptions { CleanBatch = 10 });
        });
        await database.ExecuteAsync(
            "insert into inbox (message_id, queue, handled_at) select gen_random_uuid(), 'q', timestamptz '2026-01-31 00:00Z' - make_interval(days => day) from generate_series(0, 32) as day");

        await using var scope = engine.Services.CreateAsyncScope();
        Assert.Equal(10, await scope.ServiceProvider.GetRequiredService<IInboxStore>().ForgetAsync(now.AddDays(-7), 10, CancellationToken.None));
        Assert.Equal(15, await engine.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<InboxCleaner>().Single().CleanAsync(CancellationToken.None));

        // Exactly seven days old is not older.
        Assert.Equal(8, await database.CountAsync("inbox"));
    }
}
