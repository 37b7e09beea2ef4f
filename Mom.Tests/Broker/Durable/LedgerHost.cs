using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.Pipeline;
using Mom.Messaging.Publishing;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;

namespace Mom.Tests.Broker.Durable;

/// <summary>The ledger, running, with a database of its own; and where a test reaches into it: by middleware, as a team would.</summary>
internal sealed class LedgerHost : DurableHost<LedgerContext>
{
    private readonly Counter _calls = new();
    private readonly Counter _events = new();

    private LedgerHost(VirtualHost broker, string server)
        : base(broker, server)
    {
    }

    /// <summary>How often a handler was called; that of a request also where its effect was there already.</summary>
    public int Calls => _calls.Value;

    public ConcurrentQueue<int> Attempts { get; } = new();

    /// <summary>By message id: a relay that dies between publish and delete sends a message twice, and it is one all the same.</summary>
    public ConcurrentDictionary<Guid, Deposited> Events { get; } = new();

    public static async Task<LedgerHost> StartAsync(DataServers servers)
    {
        var ledger = new LedgerHost(await servers.VirtualHostAsync(), (await servers.SystemAsync()).Connections.Momdb);
        await ledger.CreateDatabaseAsync(options => new LedgerContext(options));
        ledger.Engine = await EngineHost.StartAsync(ledger.Broker, ledger.Add, new BrokerTopology("ledger.messages", "ledger.events", []), contracts: LedgerJson.Default);
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

    private void Add(MessagingBuilder messaging)
    {
        AddUnitOfWork<Outside, Inside>(messaging);
        messaging.AddConsumer(new QueueDefinition("ledger") { RetryDelays = [TimeSpan.FromSeconds(1)] })
            .Handle<Deposit, DepositHandler>()
            .Answer<Withdraw, Balance, WithdrawHandler>()
            .OnFailure<TimeoutException>(policy => policy.Immediately(1));
        messaging.AddConsumer(new QueueDefinition("ledger.batch") { RetryDelays = [TimeSpan.FromSeconds(1)] })
            .HandleBatch<Credit, CreditHandler>(6, TimeSpan.FromMinutes(1));
        messaging.AddConsumer(new QueueDefinition("ledger.statements") { EventPatterns = ["ledger.deposited"] })
            .Handle<Deposited, DepositedHandler>();
    }

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
