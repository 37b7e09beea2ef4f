using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.Outages;
using Mom.Messaging.Outbox;
using Mom.Messaging.Pipeline;
using Mom.Tests.Broker.Support;
using Npgsql;

namespace Mom.Tests.Broker.Durable;

/// <summary>A process with the unit of work, a virtual host and a database of its own; and where a test reaches into it: by middleware, as a team would.</summary>
internal abstract class DurableHost<TContext> : IAsyncDisposable
    where TContext : DbContext
{
    private readonly string _server;

    protected DurableHost(VirtualHost broker, string server)
    {
        (Broker, _server) = (broker, server);
        ConnectionString = PostgresSessions.WithLimits(new NpgsqlConnectionStringBuilder(server) { Database = Name, MaxPoolSize = 20 }.ConnectionString)!;
    }

    /// <summary>Of the database.</summary>
    public string Name { get; } = $"test_{Guid.NewGuid():N}";

    public string ConnectionString { get; }

    public VirtualHost Broker { get; }

    public EngineHost Engine { get; protected set; } = null!;

    /// <summary>Within the transaction, after the handler.</summary>
    public Func<HandlingContext, Task> BeforeCommit { get; set; } = _ => Task.CompletedTask;

    /// <summary>After the commit, before reply and ack.</summary>
    public Func<HandlingContext, Task> AfterCommit { get; set; } = _ => Task.CompletedTask;

    /// <summary>Counts what is committed.</summary>
    public async Task<long> CountAsync(string table) => (long)(await ExecuteAsync($"select count(*) from {table}"))!;

    public async Task<object?> ExecuteAsync(string sql, string? options = null)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Options = options, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Ends the sessions in a transaction and the connection to the broker, as the death of the process does.</summary>
    public async Task DieAsync()
    {
        await ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'");
        await Engine.CutConsumerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"drop database if exists {Name} with (force)", connection);
        await drop.ExecuteNonQueryAsync();
        await Broker.DisposeAsync();
    }

    /// <summary>Makes the tables.</summary>
    /// <param name="create">Makes the context.</param>
    protected async Task CreateDatabaseAsync(Func<DbContextOptions<TContext>, TContext> create)
    {
        await using var database = create((DbContextOptions<TContext>)Configure(new DbContextOptionsBuilder<TContext>()).Options);
        await database.Database.EnsureCreatedAsync();
    }

    /// <summary>Adds the unit of work, between the middleware that a test reaches in by.</summary>
    protected void AddUnitOfWork<TOutside, TInside>(MessagingBuilder messaging)
        where TOutside : class, IHandlingMiddleware
        where TInside : class, IHandlingMiddleware
    {
        messaging.Services.AddSingleton(GetType(), this);
        messaging.Services.AddSingleton(new OutboxOptions { PollInterval = TimeSpan.FromSeconds(0.1) });
        messaging.Services.AddDbContext<TContext>(options => Configure(options));
        messaging.Use<TOutside>();
        messaging.AddPostgres<TContext>();
        messaging.Use<TInside>();
    }

    private DbContextOptionsBuilder Configure(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString).UseSnakeCaseNamingConvention();
}
