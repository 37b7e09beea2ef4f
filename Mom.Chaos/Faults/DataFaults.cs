using Mom.Testing;
using StackExchange.Redis;

namespace Mom.Chaos.Faults;

/// <summary>A database and a cache that are unavailable, silent, there for reading only, or forgetful.</summary>
internal static class DataFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("stop-postgres", "Postgres is stopped and started", ground => ground.StopAsync(ResourceNames.Postgres)),
        new("kill-postgres", "SIGKILL to Postgres", ground => ground.KillAsync(ResourceNames.Postgres)) { Lasts = false },
        new("cut-postgres", "Postgres closes every connection", CutAsync) { Lasts = false },
        new("read-only-postgres", "Postgres answers reads and refuses writes, as after a failover", ground => RefuseWritesAsync(ground.System))
        {
            UndoAsync = ground => TakeWritesAsync(ground.System),
        },
        new("full-disk", "the disk of Postgres has no room for new rows", FullDisk.FillAsync) { UndoAsync = FullDisk.EmptyAsync, Needs = FullDisk.Needs },
        new("stop-redis", "Redis is stopped and started", ground => ground.StopAsync(ResourceNames.Redis)),
        new("freeze-redis", "Redis is silent on open connections", ground => ground.FreezeAsync(ResourceNames.Redis)),
        new("empty-redis", "Redis forgets everything, sessions too", EmptyAsync) { Lasts = false },
    ];

    /// <summary>Every session, also each that is open, reads only from its next transaction on.</summary>
    public static Task RefuseWritesAsync(RunningSystem system) => DatabaseStatements.ExecuteAsync(system, "alter system set default_transaction_read_only = on", "select pg_reload_conf()");

    /// <summary>Takes <see cref="RefuseWritesAsync"/> back.</summary>
    public static Task TakeWritesAsync(RunningSystem system) => DatabaseStatements.ExecuteAsync(system, "alter system reset default_transaction_read_only", "select pg_reload_conf()");

    private static Task CutAsync(Ground ground) => DatabaseStatements.ExecuteAsync(
        ground.System, "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()");

    private static async Task EmptyAsync(Ground ground)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{ground.System.Connections.Redis},allowAdmin=true");
        await redis.GetServers()[0].FlushAllDatabasesAsync();
    }
}
