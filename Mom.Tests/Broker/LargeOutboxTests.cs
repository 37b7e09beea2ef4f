using Microsoft.Extensions.DependencyInjection;
using Mom.Contracts;
using Mom.Messaging.Outbox;
using Mom.Tests.Broker.Support;

namespace Mom.Tests.Broker;

/// <summary>What claims and counts read does not grow with what waits. No relay runs: the outbox is asked as a relay does.</summary>
[Trait("Group", "broker")]
public sealed class LargeOutboxTests(DataServers servers)
{
    private const int Rows = 20_000;
    private static readonly OutboxDestination Steps = new(MomTopology.CommandExchange, MomQueues.MathSteps);

    [Fact]
    public async Task However_many_messages_are_held_up_a_claim_reads_few_rows_and_what_is_revived_goes_at_once()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        await using var engine = EngineHost.Create(broker, messaging => messaging.WithOutbox(database));
        // Ten dead ones, all others behind them, and one that can be sent.
        await FillAsync(database, "'key ' || n % 10", "case when n < 10 then now() end");
        await AddFreeAsync(database);
        while (await engine.InStoreAsync(store => store.SetAsideAsync([], 1_000, CancellationToken.None)) > 0)
        {
            // As a relay does.
        }

        var before = await database.ReadsAsync("outbox");
        Assert.Equal(["free"], await engine.ClaimAsync(new OutboxClaim(100, 20)));
        Assert.InRange(await database.ReadsAsync("outbox") - before, 0, 500);

        await using (var scope = engine.Services.CreateAsyncScope())
        {
            var administration = scope.ServiceProvider.GetRequiredService<IOutboxAdministration>();
            Assert.Equal(1, await administration.ReviveAsync([(await administration.ListDeadAsync(1, CancellationToken.None))[0].Id], CancellationToken.None));
        }

        Assert.Equal(["free", .. Enumerable.Repeat("key 0", 20)], (await engine.ClaimAsync(new OutboxClaim(100, 20))).Order());
        Assert.Equal(Rows / 10, await database.CountAsync("outbox where key = 'key 0' and next_attempt_at <= now()"));
    }

    [Fact]
    public async Task However_many_messages_wait_for_a_destination_that_is_stuck_the_others_are_claimed_and_counted_with_few_reads()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        await using var engine = EngineHost.Create(broker, messaging => messaging.WithOutbox(database));
        await FillAsync(database, "'key ' || n", "null::timestamptz");
        await AddFreeAsync(database);
        await database.ExecuteAsync("analyze outbox");

        var before = await database.ReadsAsync("outbox");
        Assert.Equal(["free"], await engine.ClaimAsync(new OutboxClaim(100, 20) { Except = [Steps] }));
        var claimed = await database.ReadsAsync("outbox");
        Assert.InRange(claimed - before, 0, 500);
        Assert.Equal(5, (await engine.ClaimAsync(new OutboxClaim(5, 1) { Only = Steps })).Count);

        before = await database.ReadsAsync("outbox");
        await using (var scope = engine.Services.CreateAsyncScope())
        {
            var state = await scope.ServiceProvider.GetRequiredService<IOutboxAdministration>().StateAsync(CancellationToken.None);
            Assert.Equal((Rows + 1L, 0L, 0L), (state.Ready, state.Dead, state.Held));
            Assert.InRange(state.Lag, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(70));
        }

        Assert.InRange(await database.ReadsAsync("outbox") - before, 0, OutboxState.Counted + 2_000);
    }

    // Without autovacuum: while it looks at the table, what was updated stays in the indexes, and is read once more.
    private static Task FillAsync(TestDatabase database, string key, string deadAt) => database.ExecuteAsync(
        $"""
         alter table outbox set (autovacuum_enabled = false);
         insert into outbox (key, message_id, exchange, routing_key, type, priority, mandatory, body, created_at, attempts, next_attempt_at, dead_at)
         select {key}, gen_random_uuid(), '{Steps.Exchange}', '{Steps.RoutingKey}', 'math.step.v1', 1, true, '\x7b7d', now() - interval '1 hour', 0,
           now() - interval '1 hour', {deadAt}
         from generate_series(0, {Rows} - 1) as n order by n
         """);

    private static Task AddFreeAsync(TestDatabase database) => database.ExecuteAsync(
        $"""
         insert into outbox (key, message_id, exchange, routing_key, type, priority, mandatory, body, created_at, attempts, next_attempt_at)
         values ('free', gen_random_uuid(), '{MomTopology.EventExchange}', 'job.changed', 'job.changed.v1', 5, false, '\x7b7d', now(), 0, now())
         """);
}

/// <summary>Asks the store of an outbox as a relay does.</summary>
internal static class OutboxStoreExtensions
{
    public static async Task<TResult> InStoreAsync<TResult>(this EngineHost engine, Func<IOutboxStore, Task<TResult>> ask)
    {
        await using var scope = engine.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<IOutboxStore>());
    }

    /// <summary>The keys of the messages of a batch, which is given up again.</summary>
    public static Task<List<string>> ClaimAsync(this EngineHost engine, OutboxClaim claim) => engine.InStoreAsync(async store =>
    {
        await using var batch = await store.ClaimAsync(claim, CancellationToken.None);
        return batch.Messages.Select(message => message.Key).ToList();
    });
}
