using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.Errors;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;

namespace Mom.Tests.Broker.Durable;

/// <summary>What one registration, <c>AddPostgres</c>, gives a program that has a context, a message and a handler.</summary>
[Trait("Group", "broker")]
public sealed class DurableTests(DataServers servers)
{
    private static readonly Deposit Ten = new(1, 10);

    [Fact]
    public async Task Effect_outbox_and_inbox_are_one_transaction_and_a_message_that_comes_again_has_no_second_effect()
    {
        await using var ledger = await LedgerHost.StartAsync(servers);
        ledger.BeforeCommit = async context =>
        {
            // The handler is done, and nobody sees anything of it.
            Assert.Equal((0, 0, 0), (await ledger.CountAsync("entries"), await ledger.CountAsync("inbox"), await ledger.CountAsync("outbox")));
            Assert.Empty(ledger.Events);
            Assert.Same(Ten.GetType(), context.Message.GetType());
        };
        var (id, handled) = (Guid.NewGuid(), new Counter());
        ledger.AfterCommit = async _ =>
        {
            // Committed before the ack.
            Assert.Equal((1, 1), (await ledger.CountAsync("entries"), await ledger.CountAsync("inbox")));
            handled.Add();
        };

        await ledger.PublishAsync(Ten, id);
        await ledger.PublishAsync(Ten, id);
        await ledger.PublishAsync(Ten, id);

        await handled.ReachesAsync(3, "each copy should be handled");
        await ledger.HeardAsync(1);
        await ledger.Engine.StopAsync();
        Assert.Equal(1, ledger.Calls);
        Assert.Equal([new Deposited(1, 10)], ledger.Events.Values);
        Assert.Equal((1, 0), (await ledger.CountAsync("entries"), await ledger.CountAsync("outbox")));
        Assert.Equal(0u, await ledger.Broker.CountAsync("ledger"));
    }

    [Fact]
    public async Task Dying_between_effect_and_commit_or_between_commit_and_ack_loses_nothing_and_doubles_nothing()
    {
        await using var ledger = await LedgerHost.StartAsync(servers);
        var deaths = 0;
        ledger.BeforeCommit = _ => Interlocked.CompareExchange(ref deaths, 1, 0) == 0 ? ledger.DieAsync() : Task.CompletedTask;
        ledger.AfterCommit = _ => Interlocked.CompareExchange(ref deaths, 2, 1) == 1 ? ledger.Engine.CutConsumerAsync() : Task.CompletedTask;

        await ledger.PublishAsync(Ten);

        await ledger.HeardAsync(1);
        await Eventually.TrueAsync(async () => await ledger.Broker.CountAsync("ledger") == 0, "the message should be acked in the end");
        await ledger.Engine.StopAsync();
        Assert.Equal(2, deaths);
        Assert.True(ledger.Calls >= 2, $"The handler should have been called again after the first death, and was called {ledger.Calls} times.");
        Assert.Equal((1, 1, 0), (await ledger.CountAsync("entries"), await ledger.CountAsync("inbox"), await ledger.CountAsync("outbox")));
        Assert.Single(ledger.Events);
    }

    [Fact]
    public async Task A_request_that_comes_again_is_answered_as_before_and_a_refusal_stays_one()
    {
        await using var ledger = await LedgerHost.StartAsync(servers);
        await ledger.PublishAsync(Ten);
        await ledger.HeardAsync(1);
        var failures = 0;
        // Committed, and no answer was sent: it is handled again.
        ledger.AfterCommit = context => context.Message is Withdraw && Interlocked.Increment(ref failures) == 1 ? throw new TimeoutException() : Task.CompletedTask;

        Assert.Equal(new Balance(6), await ledger.Engine.Rpc().RequestAsync(new Withdraw(1, 4)));
        Assert.Equal((2, 2), (failures, await ledger.CountAsync("entries")));

        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => ledger.Engine.Rpc().RequestAsync(new Withdraw(1, 7)));
        Assert.Equal("ledger.insufficient", refused.Code);
        Assert.Equal(2, await ledger.CountAsync("entries"));

        // By now there would be enough. Its caller was told no.
        var id = (Guid)(await ledger.ExecuteAsync("select message_id from inbox where refusal_code = 'ledger.insufficient'"))!;
        await ledger.PublishAsync(Ten);
        await ledger.HeardAsync(2);
        await ledger.PublishAsync(new Withdraw(1, 7), id);
        await ledger.CalledAsync(6, "the request should come again");
        await ledger.Engine.StopAsync();
        Assert.Equal(3, await ledger.CountAsync("entries"));
    }

    [Fact]
    public async Task Of_a_batch_with_messages_that_were_handled_before_each_has_its_effect_once()
    {
        await using var ledger = await LedgerHost.StartAsync(servers);
        Guid[] ids = [.. Enumerable.Range(0, 10).Select(_ => Guid.NewGuid())];
        foreach (var id in ids.Take(6))
        {
            await ledger.PublishAsync(new Credit(1, 1), id);
        }

        await ledger.HeardAsync(6);
        // Two of the second batch were in the first.
        foreach (var id in ids.Skip(4))
        {
            await ledger.PublishAsync(new Credit(1, 1), id);
        }

        await ledger.HeardAsync(10);
        await Eventually.TrueAsync(async () => await ledger.Broker.CountAsync("ledger.batch") == 0, "all should be acked");
        await ledger.Engine.StopAsync();
        Assert.Equal((10, 10), (await ledger.CountAsync("entries"), ledger.Events.Count));
    }

    [Fact]
    public async Task A_message_that_fails_ends_as_a_stored_dead_letter_that_can_be_searched_replayed_and_discarded()
    {
        await using var ledger = await LedgerHost.StartAsync(servers);
        var broken = true;
        ledger.BeforeCommit = context => broken && context.Message is Deposit { Account: > 1 }
            ? throw new PermanentFailureException("The account is closed.")
            : Task.CompletedTask;

        var id = Guid.NewGuid();
        await ledger.PublishAsync(Ten);
        await ledger.PublishAsync(new Deposit(2, 20), id);
        await ledger.PublishAsync(new Deposit(3, 30));
        await ledger.PublishAsync(new Deposit(3, 40));

        await ledger.LettersAsync(3, new DeadLetterFilter(Queue: "ledger", Exception: "CLOSED"));
        Assert.Equal((1, 1), (await ledger.CountAsync("entries"), await ledger.CountAsync("inbox")));
        var cause = Assert.Single(await ledger.WithLettersAsync(letters => letters.Matching(new DeadLetterFilter()).CausesAsync(CancellationToken.None)));
        Assert.Equal((3, "ledger.deposit.v1", "The account is closed."), (cause.Count, cause.Type, cause.Example));
        var letter = await ledger.WithLettersAsync(letters => letters.Matching(new DeadLetterFilter(Text: $"{id}")).SingleAsync());
        Assert.Contains("\"account\":2", letter.BodyText, StringComparison.Ordinal);

        broken = false;
        Assert.Null(await ledger.WithLettersAsync(letters => letters.ReplayAsync(letter.Id, "ann", CancellationToken.None)));
        await ledger.HeardAsync(2);
        Assert.Equal("It was replayed already.", await ledger.WithLettersAsync(letters => letters.ReplayAsync(letter.Id, "ann", CancellationToken.None)));

        // Many at once, but for one on which somebody decides before.
        var other = await ledger.WithLettersAsync(letters => letters.Matching(new DeadLetterFilter(Text: "\"amount\":40")).SingleAsync());
        Assert.Null(await ledger.WithLettersAsync(letters => letters.DiscardAsync(other.Id, "ann", "obsolete", CancellationToken.None)));
        var plan = await ledger.WithLettersAsync(letters =>
            letters.StartAsync(Guid.NewGuid(), DeadLetterOperationKind.Replay, new DeadLetterFilter(), perSecond: 100, "ann", reason: null, CancellationToken.None));
        Assert.Equal([("ledger", "ledger.deposit.v1", 1)], plan.Groups);
        await ledger.HeardAsync(3);
        Assert.Equal((3, 3), (await ledger.CountAsync("entries"), ledger.Events.Count));
        var audit = (await ledger.WithLettersAsync(letters => letters.FindAsync(letter.Id, CancellationToken.None)))!.Audit.OrderBy(entry => entry.Id);
        Assert.Equal([("system", AuditAction.Ingested), ("ann", AuditAction.Replayed)], audit.Select(entry => (entry.By, entry.Action)));
    }

    [Fact]
    public async Task While_postgres_takes_no_writes_messages_wait_at_no_attempts_cost()
    {
        await using var ledger = await LedgerHost.StartAsync(servers);
        await ledger.ExecuteAsync($"alter database {ledger.Name} set default_transaction_read_only = on");
        await ledger.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        for (var number = 0; number < 5; number++)
        {
            await ledger.PublishAsync(Ten);
        }

        var gate = ledger.Engine.Services.GetRequiredService<IOutageGate>();
        await Eventually.TrueAsync(() => gate.IsStillUnavailableAsync(reads: false, CancellationToken.None), "the outage should be noticed");
        Assert.False(await gate.IsStillUnavailableAsync(reads: true, CancellationToken.None));
        Assert.Equal(0, await ledger.CountAsync("entries"));

        await ledger.ExecuteAsync($"alter database {ledger.Name} reset default_transaction_read_only", "-c default_transaction_read_only=off");
        await ledger.HeardAsync(5);
        Assert.Equal((5, 5), (await ledger.CountAsync("entries"), await ledger.CountAsync("inbox")));
        Assert.All(ledger.Attempts, attempt => Assert.Equal(1, attempt));
        Assert.Equal(0, await ledger.CountAsync("dead_letters"));
    }
}
