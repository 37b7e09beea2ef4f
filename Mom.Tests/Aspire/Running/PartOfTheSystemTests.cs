using Mom.Testing;
using Mom.Tests.Docs;
using StackExchange.Redis;

namespace Mom.Tests.AspireTests.Running;

/// <summary>What tests do to the system, done to a part of it.</summary>
[Trait("Group", "aspire")]
[Trait("System", "own")]
public sealed class PartOfTheSystemTests(PartOfTheSystem part) : IClassFixture<PartOfTheSystem>
{
    private RunningSystem System => part.System;

    [Fact]
    public async Task What_belongs_to_it_runs_and_nothing_else()
    {
        Assert.Equal(2, System.ProcessesOf(ResourceNames.DbWorker).Count);
        var error = Assert.Throws<ArgumentException>(() => System.ProcessesOf(ResourceNames.Api));
        Assert.Contains("There is no api here. There is: rabbitmq, ", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => RunningSystem.StartAsync(new SystemOptions { Name = "none", Only = ["no-such"] }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_mom_shows_and_stops_is_another_system()
    {
        var status = await MomCommand.RunAsync(Repository.Root, "status");

        // One that is up for a person may be there.
        Assert.DoesNotContain($":{new Uri(System.Management).Port}", status.Output, StringComparison.Ordinal);
        if (status.ExitCode == 3)
        {
            Assert.Contains("Nothing is running. Start it with: ./mom up", status.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Into_an_empty_database_the_db_worker_starts_without_an_error_in_its_log()
    {
        Assert.Contains(part.FirstWords, line => line.Contains("The database schema is up to date", StringComparison.Ordinal));
        Assert.DoesNotContain(part.FirstWords, line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_replica_is_killed_and_the_other_does_not_notice()
    {
        var before = System.ProcessesOf(ResourceNames.DbWorker);

        await System.KillAsync(ResourceNames.DbWorker, replica: 2);
        Assert.Equal([before[0]], System.ProcessesOf(ResourceNames.DbWorker));

        await System.HealthyAsync(ResourceNames.DbWorker);
        var after = System.ProcessesOf(ResourceNames.DbWorker);
        Assert.Equal((before[0], 2), (after[0], after.Count));
        Assert.NotEqual(before[1], after[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => System.Freeze(ResourceNames.DbWorker, replica: 3));
    }

    [Theory]
    [InlineData(StopMode.Graceful)]
    [InlineData(StopMode.Kill)]
    public async Task One_replica_that_is_stopped_stays_so(StopMode mode)
    {
        var before = System.ProcessesOf(ResourceNames.DbWorker);

        await System.StopAsync(ResourceNames.DbWorker, mode, replica: 1);
        // The death of the other one comes after the stop: when it is back, so would be what was not meant to stay down.
        await System.KillAsync(ResourceNames.DbWorker, replica: 2);
        await System.HealthyAsync(ResourceNames.DbWorker, replica: 2);
        Assert.Single(System.ProcessesOf(ResourceNames.DbWorker));

        await System.StartAsync(ResourceNames.DbWorker);
        await System.HealthyAsync(ResourceNames.DbWorker);
        Assert.Empty(before.Intersect(System.ProcessesOf(ResourceNames.DbWorker)));
    }

    [Fact]
    public async Task Data_outlive_a_kill_and_a_stop_but_not_a_wipe()
    {
        await UseAsync(database => database.StringSetAsync("key", "value"));
        Assert.Throws<InvalidOperationException>(() => System.Wipe(ResourceNames.Redis));

        await System.KillAsync(ResourceNames.Redis);
        await System.HealthyAsync(ResourceNames.Redis);
        await System.StopAsync(ResourceNames.Redis);
        await System.StartAsync(ResourceNames.Redis);
        await System.HealthyAsync(ResourceNames.Redis);
        Assert.Equal("value", await UseAsync(database => database.StringGetAsync("key")));

        await System.StopAsync(ResourceNames.Redis, StopMode.Kill);
        System.Wipe(ResourceNames.Redis);
        await System.StartAsync(ResourceNames.Redis);
        await System.HealthyAsync(ResourceNames.Redis);
        Assert.Equal(RedisValue.Null, await UseAsync(database => database.StringGetAsync("key")));
    }

    [Theory]
    [InlineData(ResourceNames.RabbitMq)]
    [InlineData(ResourceNames.Postgres)]
    [InlineData(ResourceNames.Redis)]
    public async Task A_frozen_server_is_not_healthy_and_the_same_processes_are_when_thawed(string server)
    {
        // A server may have helpers that come and go; the first process is the one that the others come from.
        var first = System.ProcessesOf(server).Min();

        System.Freeze(server);
        Assert.NotNull(await System.WhatIsWrongAsync(server));

        System.Thaw(server);
        await System.HealthyAsync(server);
        Assert.Equal(first, System.ProcessesOf(server).Min());

        // Stopped while it is frozen: nothing may hang, and nothing may be left.
        System.Freeze(server);
        await System.StopAsync(server);
        Assert.Empty(System.ProcessesOf(server));
        await System.StartAsync(server);
        await System.HealthyAsync();
    }

    private async Task<T> UseAsync<T>(Func<IDatabase, Task<T>> action)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(System.Connections.Redis);
        return await action(connection.GetDatabase());
    }
}
