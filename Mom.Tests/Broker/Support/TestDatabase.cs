using Microsoft.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.Outages;
using Mom.Testing;
using Mom.Tests.Support;
using Mom.Workers.Database.Model;
using Npgsql;

namespace Mom.Tests.Broker.Support;

/// <summary>
/// A database that exists for one test, made by the db worker's own migrations and reached by connections like its own, with a table for what handlers do.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private TestDatabase(string server, string name, string connectionString)
    {
        _server = server;
        _name = name;
        ConnectionString = connectionString;
    }

    /// <summary>With the password: not for logs.</summary>
    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync(RunningSystem system, string? limits = null)
    {
        var name = $"test_{Guid.NewGuid():N}";
        var server = new NpgsqlConnectionStringBuilder(system.Connections.Momdb);
        await ExecuteAsync(server.ConnectionString, $"create database {name}");
        var own = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 20, Options = limits };
        var database = new TestDatabase(server.ConnectionString, name, PostgresSessions.WithLimits(own.ConnectionString)!);
        await using var context = database.Context();
        await context.Database.MigrateAsync();
        await database.ExecuteAsync("create table effects (id bigint generated always as identity primary key, message_id uuid not null, text text not null)");
        return database;
    }

    public MomDbContext Context() => new(Configure(new DbContextOptionsBuilder<MomDbContext>()).Options);

    public void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString).UseSnakeCaseNamingConvention();

    public Task ExecuteAsync(string sql) => ExecuteAsync(ConnectionString, sql);

    /// <summary>The first column of every row.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync())
        {
            values.Add(await reader.GetFieldValueAsync<T>(0));
        }

        return values;
    }

    public async Task<long> CountAsync(string table) => (await QueryAsync<long>($"select count(*) from {table}")).Single();

    /// <summary>
    /// How many rows and index entries of a table were read so far. It closes the idle connections of this process to the database, for Postgres
    /// counts what a connection has read when that ends.
    /// </summary>
    public async Task<long> ReadsAsync(string table)
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await Eventually.TrueAsync(
            async () => await ScalarAsync(_server, $"select count(*) from pg_stat_activity where datname = '{_name}' and backend_type = 'client backend'") == 0,
            "every connection to the database should be closed");
        return await ScalarAsync(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString,
            $"""
             select (select coalesce(seq_tup_read, 0) from pg_stat_user_tables where relname = '{table}')
                  + (select coalesce(sum(idx_tup_read), 0)::bigint from pg_stat_user_indexes where relname = '{table}')
             """);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync(_server, $"drop database if exists {_name} with (force)");
    }

    private DbContextOptionsBuilder<MomDbContext> Configure(DbContextOptionsBuilder<MomDbContext> options)
    {
        Configure((DbContextOptionsBuilder)options);
        return options;
    }

    private static async Task<long> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
