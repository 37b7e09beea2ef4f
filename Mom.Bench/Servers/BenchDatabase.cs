using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mom.Bench.Servers;

/// <summary>A database beside another one on the same server, created for each run.</summary>
internal sealed class BenchDatabase(BenchTargets targets) : IAsyncDisposable
{
    private const string Name = "mom_bench";

    /// <summary>For those who do it by hand.</summary>
    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(targets.Postgres);

    /// <summary>The connection string of the benchmark's database.</summary>
    /// <param name="connectionString">That of any database of the server.</param>
    public static string Beside(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = Name, MaxPoolSize = 40 }.ConnectionString;

    /// <summary>Drops what an earlier run has left, and creates it with its tables.</summary>
    /// <param name="connectionString">That of any other database of the server, of a user who may create one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task CreateAsync(string connectionString, CancellationToken cancellationToken)
    {
        await DropAsync(connectionString, cancellationToken);
        var options = new DbContextOptionsBuilder<BenchContext>();
        Configure(options, Beside(connectionString));
        await using var context = new BenchContext(options.Options);
        await context.Database.EnsureCreatedAsync(cancellationToken);
    }

    /// <summary>Drops it.</summary>
    public static async Task DropAsync(string connectionString, CancellationToken cancellationToken)
    {
        // Idle connections to it would be cut, and handed out again when there is a new one of the same name.
        await using (var pooled = new NpgsqlConnection(Beside(connectionString)))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await using var server = NpgsqlDataSource.Create(connectionString);
        await using var command = server.CreateCommand($"drop database if exists {Name} with (force)");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>As the db worker configures its context.</summary>
    public static void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString).UseSnakeCaseNamingConvention();

    /// <summary>Runs a statement that answers nothing.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs a query that answers one value.</summary>
    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
