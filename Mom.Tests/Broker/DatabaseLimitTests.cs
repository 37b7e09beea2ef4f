using Microsoft.Extensions.DependencyInjection;
using Mom.Contracts;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.Outages;
using Mom.Messaging.Publishing;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;
using Mom.Workers.Database.Model;
using Npgsql;

namespace Mom.Tests.Broker;

/// <summary>How long one session of the database can hold up others.</summary>
[Trait("Group", "broker")]
public sealed class DatabaseLimitTests(DataServers servers)
{
    // A process that is frozen, or a host that has vanished: its connection is open, its inbox row is written, and nothing more comes.
    [Fact]
    public async Task A_message_that_a_silent_process_holds_up_is_charged_no_attempt_and_is_handled_when_the_silence_is_ended()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync("-c lock_timeout=200ms");
        var (id, hooks) = (Guid.CreateVersion7(), new HandlerHooks());
        // Without a pool, which would ask the connection that the server has ended for a clean state.
        await using var silent = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
        await using var engine = await EngineHost.StartAsync(broker, messaging =>
        {
            messaging.Services.AddSingleton<IOutageGate, PostgresOutage<MomDbContext>>();
            messaging.WithOutbox(database).WithEffects(hooks);
        });
        await silent.OpenAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(silent, "begin");
        await ExecuteAsync(silent, $"insert into inbox (message_id, queue, handled_at) values ('{id}', '{MomQueues.MathSteps}', now())");
        await engine.Publisher.PublishAsync(OutboxTests.Step(0), new PublishOptions { MessageId = id });

        await Eventually.TrueAsync(
            async () => await broker.CountAsync(MomTopology.Default.Queue(MomQueues.MathSteps).RetryQueue(1)) == 1,
            "the message should wait for the row of the silent process in vain, and be tried again later");
        await ExecuteAsync(silent, "set idle_in_transaction_session_timeout = '100ms'");
        await Eventually.TrueAsync(async () => await database.CountAsync("effects") == 1, "the message should have its effect");
        Assert.All(hooks.Attempts, attempt => Assert.Equal(1, attempt));
        await Eventually.TrueAsync(
            () => Task.FromResult(engine.Control().Consumers.Single().Handled == 1), "the message should be handled, and no copy of it be left");
        Assert.Equal(0u, await broker.CountAsync($"{MomQueues.MathSteps}.dead"));
    }

    [Theory]
    [InlineData("idle_in_transaction_session_timeout", "1min")]
    [InlineData("lock_timeout", "5s")]
    [InlineData("statement_timeout", "20s")]
    [InlineData("tcp_keepalives_idle", "15")]
    [InlineData("tcp_keepalives_interval", "5")]
    [InlineData("tcp_keepalives_count", "3")]
    [InlineData("tcp_user_timeout", "30000")]
    public async Task Each_session_is_bounded(string setting, string value)
    {
        var system = await servers.SystemAsync();
        await using var connection = new NpgsqlConnection(PostgresSessions.WithLimits(system.Connections.Momdb));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var show = new NpgsqlCommand($"show {setting}", connection);
        Assert.Equal(value, await show.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
