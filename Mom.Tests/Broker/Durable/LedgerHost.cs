using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.EntityFrameworkCore.Outages;
using Mom.Messaging.Outbox;
using Mom.Messaging.Pipeline;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;
using Npgsql;

namespace Mom.Tests.Broker.Durable;

/// <summary>The ledger, running, with a database of its own; and where a test reaches into it: by middleware, as a team would.</summary>
internal sealed class LedgerHost : IAsyncDisposable
{
    private readonly VirtualHost _broker;
    private readonly string _server;
    private readonly Counter _calls = new();
    private readonly Counter _events = new();

    private LedgerHost(VirtualHost broker, string server, string name)
    {
        (_broker, _server, Name) = (broker, server, name);
        ConnectionString = PostgresSessions.WithLimits(new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString)!;
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public VirtualHost Broker => _broker;

    public EngineHost Engine { get; private set; } = null!;

    /// <summary>Within the transaction, after the handler.</summary>
    public Func<HandlingContext, Task> BeforeCommit { get; set; } = _ => Task.CompletedTask;

    /// <summary>After the commit, before reply and ack.</summary>
    public Func<HandlingContext, Task> AfterCommit { get; set; } = _ => Task.CompletedTask;

    /// <summary>How often a handler was called; that of a request also where its effect was there already.</summary>
    public int Calls => _calls.Value;

    public ConcurrentQueue<int> Attempts { get; } = new();

    /// <summary>By message id: a relay that dies between publish and delete sends a message twice, and it is one all the same.</summary>
    public ConcurrentDictionary<Guid, Deposited> Events { get; } = new();

    public static async Task<LedgerHost> StartAsync(DataServers servers)
    {
        var system = await servers.SystemAsync();
        var ledger = new LedgerHost(await servers.VirtualHostAsync(), system.Connections.Momdb, $"test_{Guid.NewGuid():N}");
        await using (var database = new LedgerContext((DbContextOptions<LedgerContext>)ledger.Configure(new DbContextOptionsBuilder<LedgerContext>()).Options))
        {
            await database.Database.EnsureCreatedAsync();
        }

        ledger.Engine = await EngineHost.StartAsync(ledger._broker, ledger.Add, new BrokerTopology("ledger.messages", "ledger.events", []), contracts: LedgerJson.Default);
        return ledger;
    }

    /// <summary>Waits until so many messages were handled, or tried.</summary>
    public Task CalledAsync(int times, string expectation) => _calls.ReachesAsync(times, expectation);

    /// <summary>Waits until so many events have come.</summary>
    public Task HeardAsync(int times) => _events.ReachesAsync(times, "the events should come");

    public Task PublishAsync(object message, Guid? id = null) => Engine.Publisher.PublishAsync(message, new PublishOptions { MessageId = id });

    public async Task<T> WithLettersAsync<T>(Func<DeadLetterAdministration<LedgerContext>, Task<T>> ask)
    {
        await using var scope = Engine.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<DeadLetterAdministration<LedgerContext>>());
    }

    /// <summary>Waits until so many dead letters match.</summary>
    public Task LettersAsync(int count, DeadLetterFilter filter) => Eventually.TrueAsync(
        async () => await WithLettersAsync(letters => letters.Matching(filter).CountAsync()) == count, $"there should be {count} dead letters of {filter}");

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
        await _broker.DisposeAsync();
    }

    private void Add(MessagingBuilder messaging)
    {
        messaging.Services.AddSingleton(this);
        messaging.Services.AddSingleton(new OutboxOptions { PollInterval = TimeSpan.FromSeconds(0.1) });
        messaging.Services.AddDbContext<LedgerContext>(options => Configure(options));
        messaging.Use<Outside>();
        messaging.AddPostgres<LedgerContext>();
        messaging.Use<Inside>();
        messaging.AddConsumer(new QueueDefinition("ledger") { RetryDelays = [TimeSpan.FromSeconds(1)] })
            .Handle<Deposit, DepositHandler>()
            .Answer<Withdraw, Balance, WithdrawHandler>()
            .OnFailure<TimeoutException>(policy => policy.Immediately(1));
        messaging.AddConsumer(new QueueDefinition("ledger.batch") { RetryDelays = [TimeSpan.FromSeconds(1)] })
            .HandleBatch<Credit, CreditHandler>(6, TimeSpan.FromMinutes(1));
        messaging.AddConsumer(new QueueDefinition("ledger.statements") { EventPatterns = ["ledger.deposited"] })
            .Handle<Deposited, DepositedHandler>();
    }

    private DbContextOptionsBuilder Configure(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString).UseSnakeCaseNamingConvention();

    private sealed class Outside(LedgerHost ledger) : IHandlingMiddleware
    {
        public async Task InvokeAsync(HandlingContext context, HandlingStep next)
        {
            await next(context);
            await (context.Message is Deposited ? Task.CompletedTask : ledger.AfterCommit(context));
        }
    }

    private sealed class Inside(LedgerHost ledger) : IHandlingMiddleware
    {
        public async Task InvokeAsync(HandlingContext context, HandlingStep next)
        {
            if (context.Message is Deposited deposited)
            {
                if (ledger.Events.TryAdd(context.Delivery.MessageId, deposited))
                {
                    ledger._events.Add();
                }

                return;
            }

            ledger.Attempts.Enqueue(context.Delivery.Attempt);
            ledger._calls.Add();
            await next(context);
            await ledger.BeforeCommit(context);
        }
    }

    private sealed class DepositedHandler : IMessageHandler<Deposited>
    {
        public Task HandleAsync(Deposited message, MessageContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
