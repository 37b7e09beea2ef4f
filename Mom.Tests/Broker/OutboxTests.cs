using Microsoft.Extensions.DependencyInjection;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Outbox;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class OutboxTests(DataServers servers)
{
    [Fact]
    public async Task What_was_committed_is_sent_and_deleted_and_what_was_not_never_existed()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        await using var engine = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database));
        await using (var scope = engine.Services.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<MomDbContext>();
            await using var transaction = await context.Database.BeginTransactionAsync();
            scope.ServiceProvider.GetRequiredService<EntityFrameworkOutbox<MomDbContext>>().Add("key", Step(0));
            await context.SaveChangesAsync();
            // Disposed without a commit, as a crash would.
        }

        await engine.SendAsync((Guid.NewGuid(), Step(1)));

        await EmptyAsync(database);
        Assert.Equal([1], (await broker.TakeAllAsync(MomQueues.MathSteps, 1)).Select(message => message.Step()));
        Assert.Equal(0u, await broker.CountAsync(MomQueues.MathSteps));
    }

    [Fact]
    public async Task Two_relays_send_each_message_once_and_in_order_per_key()
    {
        const int Keys = 20, PerKey = 60;
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var options = new OutboxOptions { Keys = 5, MessagesPerKey = 7, PollInterval = TimeSpan.FromSeconds(0.05) };
        await using var one = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database, options));
        await using var other = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database, options));
        var keys = Enumerable.Range(0, Keys).Select(_ => Guid.NewGuid()).ToList();

        // Each key in several transactions, one after another, by both processes in turn.
        for (var from = 0; from < PerKey; from += 20)
        {
            var engine = from % 40 == 0 ? one : other;
            await Task.WhenAll(keys.Select(key => engine.SendAsync(Enumerable.Range(from, 20).Select(step => (key, (object)Step(step, key))))));
        }

        await EmptyAsync(database);
        var messages = await broker.TakeAllAsync(MomQueues.MathSteps, Keys * PerKey);
        Assert.Equal(0u, await broker.CountAsync(MomQueues.MathSteps));
        foreach (var key in keys)
        {
            Assert.Equal(Enumerable.Range(0, PerKey), messages.Where(message => message.Job() == key).Select(message => message.Step()));
        }
    }

    [Fact]
    public async Task Priority_headers_and_id_are_kept_through_the_outbox()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        await using var engine = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database));
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Step(3), MomJsonContext.Default.MathStep);
        var envelope = new Envelope(MomTopology.CommandExchange, MomQueues.MathSteps, "math.step.v1", Guid.NewGuid(), Priority: 9, body)
        {
            CorrelationId = "the cause",
            Headers = new Dictionary<string, object?> { ["text"] = "žluťoučký 🐎", ["number"] = 42L, ["truth"] = true },
            Timestamp = DateTimeOffset.UtcNow,
        };
        await using (var scope = engine.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<EntityFrameworkOutbox<MomDbContext>>().Add("key", envelope);
            await scope.ServiceProvider.GetRequiredService<MomDbContext>().SaveChangesAsync();
        }

        var message = (await broker.TakeAllAsync(MomQueues.MathSteps, 1)).Single();
        var read = EnvelopeProperties.Read(message.Exchange, message.RoutingKey, message.BasicProperties, message.Body);
        Assert.Equal(9, read.Priority);
        Assert.Equal(envelope.MessageId, read.MessageId);
        Assert.Equal("the cause", read.CorrelationId);
        Assert.Equal("žluťoučký 🐎", read.Headers["text"]);
        Assert.Equal(42L, read.Headers["number"]);
        Assert.Equal(true, read.Headers["truth"]);
    }

    [Fact]
    public async Task Text_that_Postgres_does_not_store_comes_through_the_outbox()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        await using var engine = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database));
        var envelope = new Envelope(MomTopology.CommandExchange, MomQueues.MathSteps, "nul\0.v1", Guid.NewGuid(), Priority: 5, "{}"u8.ToArray())
        {
            CorrelationId = "nul\0",
            Headers = new Dictionary<string, object?> { ["key\0"] = "nul\0" },
            Timestamp = DateTimeOffset.UtcNow,
        };
        await using (var scope = engine.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<EntityFrameworkOutbox<MomDbContext>>().Add("key", envelope);
            await scope.ServiceProvider.GetRequiredService<MomDbContext>().SaveChangesAsync();
        }

        var message = (await broker.TakeAllAsync(MomQueues.MathSteps, 1)).Single();
        var read = EnvelopeProperties.Read(message.Exchange, message.RoutingKey, message.BasicProperties, message.Body);
        Assert.Equal(("nul\0.v1", "nul\0", "nul\0"), (read.Type, read.CorrelationId, read.Headers["key\0"]));
    }

    [Fact]
    public async Task A_message_that_no_queue_takes_dies_holds_its_key_and_can_be_revived_in_order()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var options = new OutboxOptions { MaxAttempts = 2, PollInterval = TimeSpan.FromSeconds(0.1) };
        await using var engine = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database, options));
        await broker.DeleteQueueAsync(MomQueues.MathSteps);
        var held = Guid.NewGuid();

        // The second message of the key could be sent, but for the first.
        await engine.SendAsync((held, Step(1)), (held, Events.JobChanged()), (Guid.NewGuid(), Events.JobChanged()));

        var dead = await DeadAsync(engine);
        Assert.Equal(held.ToString(), dead.Key);
        Assert.Equal(2, dead.Attempts);
        Assert.Equal(1, dead.Held);
        Assert.Contains("No queue takes", dead.LastError, StringComparison.Ordinal);
        Assert.Equal(1u, await broker.CountAsync(MomQueues.SocketNotifications));
        await using var scope = engine.Services.CreateAsyncScope();
        var administration = scope.ServiceProvider.GetRequiredService<IOutboxAdministration>();
        Assert.Equal(new OutboxState(Ready: 1, Dead: 1, Held: 1, Lag: TimeSpan.Zero), await administration.StateAsync(CancellationToken.None));

        await broker.DeclareAsync(MomTopology.Default);
        Assert.Equal(1, await administration.ReviveAsync([dead.Id], CancellationToken.None));

        await EmptyAsync(database);
        Assert.Equal(1u, await broker.CountAsync(MomQueues.MathSteps));
        Assert.Equal(2u, await broker.CountAsync(MomQueues.SocketNotifications));
    }

    [Fact]
    public async Task A_dead_message_can_be_discarded_and_those_behind_it_follow()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        await using var engine = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database, new OutboxOptions { MaxAttempts = 1 }));
        await broker.DeleteQueueAsync(MomQueues.MathSteps);
        var held = Guid.NewGuid();
        await engine.SendAsync((held, Step(1)), (held, Events.JobChanged()));
        var dead = await DeadAsync(engine);

        await using var scope = engine.Services.CreateAsyncScope();
        var administration = scope.ServiceProvider.GetRequiredService<IOutboxAdministration>();
        Assert.Equal(1, await administration.DiscardAsync([dead.Id, dead.Id + 1], CancellationToken.None));

        await EmptyAsync(database);
        Assert.Equal(1u, await broker.CountAsync(MomQueues.SocketNotifications));
    }

    [Fact]
    public async Task A_broker_that_is_away_costs_no_attempt()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var options = new OutboxOptions { MaxAttempts = 1, PollInterval = TimeSpan.FromSeconds(0.1) };
        await using var engine = await EngineHost.StartAsync(
            broker, messaging => messaging.WithOutbox(database, options), publisher: new() { ConfirmTimeout = TimeSpan.FromSeconds(2) });
        using (broker.Freeze())
        {
            await engine.SendAsync((Guid.NewGuid(), Step(1)));
            await engine.UntilInFlightAsync(2);
            Assert.Equal([0], await database.QueryAsync<int>("select attempts from outbox where dead_at is null"));
        }

        await EmptyAsync(database);
        Assert.NotEqual(0u, await broker.CountAsync(MomQueues.MathSteps));
    }

    [Fact]
    public async Task A_queue_that_never_confirms_holds_up_its_own_messages_and_no_others()
    {
        const int Stuck = 150, Healthy = 50;
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        // Fewer keys than messages that get no confirm.
        var options = new OutboxOptions { Keys = 100, MaxAttempts = 1, PollInterval = TimeSpan.FromSeconds(0.1), LongestStuckWait = TimeSpan.FromSeconds(1) };
        await using var engine = await EngineHost.StartAsync(
            broker, messaging => messaging.WithOutbox(database, options), publisher: new() { ConfirmTimeout = TimeSpan.FromSeconds(2) });
        var both = Guid.NewGuid();
        await using (await broker.SuspendQueueAsync(MomQueues.MathSteps))
        {
            await engine.SendAsync([(both, Step(0)), (both, Events.JobChanged()), .. Enumerable.Range(1, Stuck).Select(step => (Guid.NewGuid(), (object)Step(step)))]);
            await engine.SendAsync(Enumerable.Range(0, Healthy).Select(_ => (Guid.NewGuid(), (object)Events.JobChanged())));
            await Eventually.TrueAsync(
                async () => await database.CountAsync("outbox where routing_key = 'job.changed'") == 1, "messages to other queues should be sent");

            Assert.Equal(Stuck + 2, await database.CountAsync("outbox where attempts = 0 and dead_at is null"));
            Assert.Equal(2, await database.CountAsync($"outbox where key = '{both}'"));
            Assert.InRange(await broker.CountAsync(MomQueues.SocketNotifications), (uint)Healthy, uint.MaxValue);
        }

        await EmptyAsync(database);
        Assert.InRange(await broker.CountAsync(MomQueues.MathSteps), Stuck + 1u, uint.MaxValue);
    }

    internal static MathStep Step(int step, Guid? job = null) => new(job ?? Guid.NewGuid(), step, "add", ["1", "2"]);

    internal static Task EmptyAsync(TestDatabase database) =>
        Eventually.TrueAsync(async () => await database.CountAsync("outbox") == 0, "the outbox should be empty");

    private static async Task<DeadOutboxMessage> DeadAsync(EngineHost engine)
    {
        IReadOnlyList<DeadOutboxMessage> dead = [];
        await Eventually.TrueAsync(
            async () =>
            {
                await using var scope = engine.Services.CreateAsyncScope();
                dead = await scope.ServiceProvider.GetRequiredService<IOutboxAdministration>().ListDeadAsync(10, CancellationToken.None);
                return dead.Count == 1;
            },
            "one message should be dead");
        return dead[0];
    }
}
