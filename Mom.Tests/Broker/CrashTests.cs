using Microsoft.Extensions.DependencyInjection;
using Mom.Contracts;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Messaging.Outbox;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Broker;

/// <summary>What if the process dies here? Asked of each line between a commit, a publish, a delete and an ack.</summary>
[Trait("Group", "broker")]
public sealed class CrashTests(DataServers servers)
{
    [Fact]
    public async Task Dying_between_commit_and_publish_sends_the_message_later()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();

        // A process that commits and is gone: it has never been started, so it has no relay.
        await using (var gone = EngineHost.Create(broker, messaging => messaging.WithOutbox(database)))
        {
            await gone.SendAsync((Guid.NewGuid(), OutboxTests.Step(1)));
        }

        Assert.Equal(1, await database.CountAsync("outbox"));
        await using var next = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database).WithEffects());
        await OutboxTests.EmptyAsync(database);
        await Eventually.TrueAsync(async () => await database.CountAsync("effects") == 1, "the message should have its effect");
    }

    [Fact]
    public async Task Dying_between_publish_and_delete_sends_twice_and_has_one_effect()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var hooks = new HandlerHooks();
        var crash = new CrashBeforeDelete();
        await using var engine = await EngineHost.StartAsync(broker, messaging =>
        {
            messaging.WithOutbox(database).WithEffects(hooks);
            messaging.Services.AddScoped<IOutboxStore>(services =>
                new CrashingOutboxStore(services.GetRequiredService<EntityFrameworkOutboxStore<MomDbContext>>(), crash));
        });

        await engine.SendAsync((Guid.NewGuid(), OutboxTests.Step(1)));

        await OutboxTests.EmptyAsync(database);
        await hooks.CalledAsync(2, "the message should be delivered twice");
        await engine.StopAsync();
        Assert.True(crash.Happened);
        Assert.Equal(1, await database.CountAsync("effects"));
    }

    [Fact]
    public async Task Dying_between_commit_and_ack_delivers_again_and_has_one_effect()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var hooks = new HandlerHooks();
        await using var engine = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database).WithEffects(hooks));
        hooks.AfterCommit = () => hooks.Calls == 1 ? engine.CutConsumerAsync() : Task.CompletedTask;

        await engine.Publisher.PublishAsync(OutboxTests.Step(1));

        await hooks.CalledAsync(2, "the message should be delivered again");
        await engine.StopAsync();
        Assert.Equal(1, await database.CountAsync("effects"));
        Assert.Equal(0u, await broker.CountAsync(MomQueues.MathSteps));
    }

    [Fact]
    public async Task Dying_before_the_commit_leaves_nothing_and_delivers_again()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var hooks = new HandlerHooks();
        await using var engine = await EngineHost.StartAsync(broker, messaging => messaging.WithOutbox(database).WithEffects(hooks));
        hooks.BeforeCommit = async () =>
        {
            if (hooks.Calls == 1)
            {
                // The server ends the session in the middle of the transaction, as it does for a client that has died.
                await database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'");
                await engine.CutConsumerAsync();
            }
        };

        await engine.Publisher.PublishAsync(OutboxTests.Step(1));

        await Eventually.TrueAsync(async () => await database.CountAsync("effects") == 1, "the message should have its effect in the end");
        await engine.StopAsync();
        Assert.Equal(1, await database.CountAsync("effects"));
        Assert.True(hooks.Calls >= 2);
    }
}
