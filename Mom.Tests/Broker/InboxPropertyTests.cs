using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Consuming;
using Mom.Tests.Broker.Support;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Broker;

/// <summary>Whatever happens to deliveries, in whatever order, and in two processes at once: one message, one effect.</summary>
[Trait("Group", "broker")]
public sealed class InboxPropertyTests(DataServers servers)
{
    private const int Messages = 3;

    private enum Fate
    {
        Acked,
        CrashBeforeCommit,
        CrashBeforeAck,
        Replayed,
    }

    [Fact]
    public async Task Any_interleaving_of_deliveries_crashes_acks_and_replays_has_one_effect_per_message()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        await using var engine = EngineHost.Create(broker, messaging => messaging.WithOutbox(database));
        var delivery = Gen.Select(Gen.Int[0, Messages - 1], Gen.Enum<Fate>());
        var worker = delivery.List[0, 6];

        await Gen.Select(worker, worker).SampleAsync(
            async (one, other) =>
            {
                var ids = Enumerable.Range(0, Messages).Select(_ => Guid.NewGuid()).ToArray();
                await Task.WhenAll(RunAsync(engine, ids, one), RunAsync(engine, ids, other));
                // What was not acked is delivered again, until it is.
                await RunAsync(engine, ids, [.. Enumerable.Range(0, Messages).Select(message => (message, Fate.Acked))]);

                var effects = await database.QueryAsync<Guid>($"select message_id from effects where message_id in ('{string.Join("','", ids)}')");
                Assert.Equal(ids.Order(), effects.Order());
            },
            iter: 40,
            threads: 1);
    }

    private static async Task RunAsync(EngineHost engine, Guid[] ids, IEnumerable<(int Message, Fate Fate)> deliveries)
    {
        foreach (var (message, fate) in deliveries)
        {
            await DeliverAsync(engine, ids[message], crash: fate == Fate.CrashBeforeCommit);
            if (fate is Fate.CrashBeforeAck or Fate.Replayed)
            {
                // The same message comes back: the broker does not know that it had its effect, nor does the person who replays it.
                await DeliverAsync(engine, ids[message], crash: false);
            }
        }
    }

    private static async Task DeliverAsync(EngineHost engine, Guid id, bool crash)
    {
        await using var scope = engine.Services.CreateAsyncScope();
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        var database = scope.ServiceProvider.GetRequiredService<MomDbContext>();
        try
        {
            await work.RunOnceAsync(
                new MessageContext(id, "queue", Attempt: 1, MaxAttempts: 1, DateTimeOffset.UnixEpoch),
                async () =>
                {
                    await database.Database.ExecuteSqlAsync($"insert into effects (message_id, text) values ({id}, 'effect')");
                    if (crash)
                    {
                        throw new OperationCanceledException("The process died.");
                    }
                },
                CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // Its transaction ended with it.
        }
    }
}
