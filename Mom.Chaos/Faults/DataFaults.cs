using Mom.Testing;
using Npgsql;
using StackExchange.Redis;

namespace Mom.Chaos.Faults;

/// <summary>A database and a cache that are away, silent, or forgetful.</summary>
internal static class DataFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("stop-postgres", "Postgres is stopped and started", ground => ground.StopAsync(ResourceNames.Postgres)),
        new("kill-postgres", "SIGKILL to Postgres", ground => ground.KillAsync(ResourceNames.Postgres)) { Lasts = false },
        new("cut-postgres", "Postgres closes every connection", CutAsync) { Lasts = false },
        new("stop-redis", "Redis is stopped and started", ground => ground.StopAsync(ResourceNames.Redis)),
        new("freeze-redis", "Redis is silent on open connections", ground => ground.FreezeAsync(ResourceNames.Redis)),
        new("empty-redis", "Redis forgets everything, sessions too", EmptyAsync) { Lasts = false },
    ];

    private static async Task CutAsync(Ground ground)
    {
        await using var database = NpgsqlDataSource.Create($"{ground.System.Connections.Momdb};Pooling=false");
        await using var command = database.CreateCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()");
        await command.ExecuteNonQueryAsync();
    }

    private static async Task EmptyAsync(Ground ground)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{ground.System.Connections.Redis},allowAdmin=true");
        await redis.GetServers()[0].FlushAllDatabasesAsync();
    }
}
