using Microsoft.EntityFrameworkCore;
using Mom.Testing;
using Mom.Workers.Database;
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
        var database = new TestDatabase(server.ConnectionString, name, DatabaseConnection.WithLimits(own.ConnectionString)!);
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

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
