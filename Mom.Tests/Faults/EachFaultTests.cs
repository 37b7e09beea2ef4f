using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Faults;
using Mom.Chaos.Load;
using Mom.Chaos.Runs;
using Mom.Testing;
using Npgsql;

namespace Mom.Tests.Faults;

/// <summary>Every fault of the table alone, under load, and the ledger after it; and whether that ledger is to be believed.</summary>
[Trait("Group", "faults")]
[Trait("System", "own")]
[Collection(FaultStack.Name)]
public sealed class EachFaultTests(FaultStack stack)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(3);

    public static TheoryData<string> Names => new(FaultTable.All.Select(fault => fault.Name));

    private Ground Ground => new(stack.System, stack.Broker, new Claims(), Outage, TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost(string name)
    {
        var fault = FaultTable.Named([name])[0];
        Assert.SkipWhen(fault.Needs is not null, $"{name} needs {fault.Needs}.");
        var (ledger, quiet) = await FaultRun.OfAsync(stack, claims => fault.StrikeAsync(Ground with { Claims = claims }));
        Assert.True(quiet && ledger.Passes, $"After {name} nothing should be lost:\n{LedgerText.Of(ledger)}");
    }

    [Fact]
    public async Task A_fault_that_breaks_off_half_way_leaves_the_system_whole()
    {
        var fault = new Fault("half", "breaks off", async ground =>
        {
            await ground.StopAsync(ResourceNames.Redis);
            await ground.FreezeAsync(ResourceNames.MathService);
            await ground.System.StopAsync(ResourceNames.MathWorker, replica: 1);
            throw new InvalidOperationException("half-way");
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => fault.StrikeAsync(Ground));
        Assert.NotEmpty(stack.System.ProcessesOf(ResourceNames.Redis));
        Assert.Equal(ChaosSystem.Workers, stack.System.ProcessesOf(ResourceNames.MathWorker).Count);
        Assert.Null(await stack.System.WhatIsWrongAsync(ResourceNames.MathService));
    }

    [Fact]
    public async Task What_is_really_lost_or_doubled_is_seen_by_the_ledger()
    {
        var (ledger, _) = await FaultRun.OfAsync(stack, _ => Task.CompletedTask, async domain =>
        {
            await using var database = NpgsqlDataSource.Create($"{stack.System.Connections.Momdb};Pooling=false");
            await ExecuteAsync(database, domain, "delete from jobs where id = (select j.id from jobs j join users u on u.id = j.user_id where u.email like '%@' || $1 limit 1)");
            await ExecuteAsync(
                database,
                domain,
                """
                insert into notifications (id, user_id, job_id, kind, text, created_at)
                select gen_random_uuid(), n.user_id, n.job_id, n.kind, n.text, n.created_at
                from notifications n join jobs j on j.id = n.job_id join users u on u.id = n.user_id where u.email like '%@' || $1 limit 1
                """);
        });
        Assert.Equal((1, 1, 1), (ledger.Jobs.Lost, ledger.Jobs.Duplicated, ledger.ExitCode));
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string domain, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(domain);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
