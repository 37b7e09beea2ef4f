using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore;
using Mom.Messaging.EntityFrameworkCore.Sagas;
using Mom.Messaging.Pipeline;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;

namespace Mom.Tests.Broker.Durable;

/// <summary>What docs/sagas.md promises.</summary>
[Trait("Group", "broker")]
public sealed class SagaTests(DataServers servers)
{
    [Fact]
    public async Task Of_messages_that_come_at_once_each_finds_the_state_that_the_one_before_it_left_and_the_last_one_ends_the_saga()
    {
        await using var shop = await SagaHost.StartAsync(servers);

        // More than one of them may find that there is no saga yet.
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.PublishAsync(new PayPart("a", 1, Of: 20))));

        await shop.HeardAsync(1);
        await shop.Engine.StopAsync();
        Assert.Equal([new Paid("a", 20)], shop.Heard);
        Assert.Equal((0L, 20L, 0L), (await shop.CountAsync("sagas"), await shop.CountAsync("inbox where queue = 'shop'"), await shop.CountAsync("outbox")));
    }

    [Fact]
    public async Task A_message_that_comes_again_after_its_consumer_was_lost_has_no_second_effect()
    {
        await using var shop = await SagaHost.StartAsync(servers);
        var deaths = 0;
        shop.BeforeCommit = _ => Interlocked.CompareExchange(ref deaths, 1, 0) == 0 ? shop.DieAsync() : Task.CompletedTask;
        shop.AfterCommit = _ => Interlocked.CompareExchange(ref deaths, 2, 1) == 1 ? shop.Engine.CutConsumerAsync() : Task.CompletedTask;

        await shop.PublishAsync(new PayPart("a", 1, Of: 2));
        await Eventually.TrueAsync(async () => deaths == 2 && await shop.Broker.CountAsync("shop") == 0 && await shop.CountAsync("sagas") == 1, "the message should be handled in the end");
        await shop.PublishAsync(new PayPart("a", 1, Of: 2));

        await shop.HeardAsync(1);
        await shop.Engine.StopAsync();
        Assert.Equal([new Paid("a", 2)], shop.Heard);
    }

    [Fact]
    public async Task A_saga_that_asked_for_a_timeout_gets_it_and_one_that_has_ended_by_then_does_not()
    {
        await using var shop = await SagaHost.StartAsync(servers);

        await shop.PublishAsync(new PayPart("late", 1, Of: 2, Seconds: 1));
        await shop.PublishAsync(new PayPart("done", 1, Of: 1, Seconds: 1));

        await shop.HeardAsync(2);
        await Eventually.TrueAsync(async () => await shop.CountAsync("inbox where queue = 'shop'") == 4, "both timeouts should come");
        await shop.Engine.StopAsync();
        Assert.Equal([new Paid("done", 1), new Paid("late", 1)], shop.Heard.OrderBy(paid => paid.Order));
        Assert.Equal((0L, 0L), (await shop.CountAsync("sagas"), await shop.CountAsync("dead_letters")));
    }

    [Fact]
    public async Task A_message_without_a_saga_is_tried_again_and_then_a_dead_letter()
    {
        await using var shop = await SagaHost.StartAsync(servers);

        await shop.PublishAsync(new AddVoucher("early", 3));
        await shop.PublishAsync(new AddVoucher("never", 3));
        // Before its last attempt.
        await shop.PublishAsync(new PayPart("early", 1, Of: 4));

        await shop.HeardAsync(1);
        await Eventually.TrueAsync(async () => await shop.CountAsync("dead_letters") == 1, "the message of no saga should be a dead letter");
        Assert.Equal([new Paid("early", 4)], shop.Heard);
        Assert.Contains("There is no PaymentSaga 'never' for AddVoucher.", (string)(await shop.ExecuteAsync("select exception_message from dead_letters"))!, StringComparison.Ordinal);
    }
}

/// <summary>A shop with a saga, running, with a database of its own.</summary>
internal sealed class SagaHost : DurableHost<ShopContext>
{
    private readonly Counter _heard = new();

    private SagaHost(VirtualHost broker, string server)
        : base(broker, server)
    {
    }

    public ConcurrentQueue<Paid> Heard { get; } = new();

    public static async Task<SagaHost> StartAsync(DataServers servers)
    {
        var shop = new SagaHost(await servers.VirtualHostAsync(), (await servers.SystemAsync()).Connections.Momdb);
        await shop.CreateDatabaseAsync(options => new ShopContext(options));
        shop.Engine = await EngineHost.StartAsync(shop.Broker, shop.Add, new BrokerTopology("shop.messages", "shop.events", []), contracts: SagaJson.Default);
        return shop;
    }

    public Task PublishAsync<TMessage>(TMessage message)
        where TMessage : class => Engine.Publisher.PublishAsync(message);

    public Task HeardAsync(int times) => _heard.ReachesAsync(times, "the events should come");

    public void Hear(Paid paid)
    {
        Heard.Enqueue(paid);
        _heard.Add();
    }

    private void Add(MessagingBuilder messaging)
    {
        AddUnitOfWork<Outside, Inside>(messaging);
        messaging.AddConsumer(new QueueDefinition("shop") { RetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)] }, options => (options.Concurrency, options.Prefetch) = (8, 20))
            .AddSaga<ShopContext, PaymentSaga, PaymentState>("payment", SagaJson.Default.PaymentState);
        messaging.AddConsumer(new QueueDefinition("shop.statements") { EventPatterns = ["shop.*"] }).Handle<Paid, PaidHandler>();
    }

    private sealed class Outside(SagaHost shop) : IHandlingMiddleware
    {
        public async Task InvokeAsync(HandlingContext context, HandlingStep next)
        {
            await next(context);
            await (context.Message is Paid ? Task.CompletedTask : shop.AfterCommit(context));
        }
    }

    private sealed class Inside(SagaHost shop) : IHandlingMiddleware
    {
        public async Task InvokeAsync(HandlingContext context, HandlingStep next)
        {
            await next(context);
            await (context.Message is Paid ? Task.CompletedTask : shop.BeforeCommit(context));
        }
    }
}

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddMessaging().AddSagas();
}

[Message("shop.pay-part.v1", Queue = "shop")]
public sealed record PayPart(string Order, decimal Amount, decimal Of, int Seconds = 0) : IPartitioned
{
    string IPartitioned.PartitionKey => Order;
}

[Message("shop.add-voucher.v1", Queue = "shop")]
public sealed record AddVoucher(string Order, decimal Amount) : IPartitioned
{
    string IPartitioned.PartitionKey => Order;
}

[Message("shop.overdue.v1", Queue = "shop")]
public sealed record Overdue(string Order) : IPartitioned
{
    string IPartitioned.PartitionKey => Order;
}

[Message("shop.paid.v1", Topic = "shop.paid")]
public sealed record Paid(string Order, decimal Amount);

public sealed class PaymentState
{
    public decimal Paid { get; set; }

    public decimal Of { get; set; }
}

[JsonSerializable(typeof(PayPart))]
[JsonSerializable(typeof(AddVoucher))]
[JsonSerializable(typeof(Overdue))]
[JsonSerializable(typeof(Paid))]
[JsonSerializable(typeof(PaymentState))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class SagaJson : JsonSerializerContext;

/// <summary>Collects the parts of a payment.</summary>
public sealed class PaymentSaga : Saga<PaymentState>, IStartedBy<PayPart>, IContinuedBy<AddVoucher>, ITimesOut<Overdue>
{
    public async Task HandleAsync(PayPart message, MessageContext context, CancellationToken cancellationToken)
    {
        State.Of = message.Of;
        if (message.Seconds > 0)
        {
            await RequestTimeoutAsync(new Overdue(Id), TimeSpan.FromSeconds(message.Seconds), context);
        }

        await AddAsync(message.Amount, context);
    }

    public Task HandleAsync(AddVoucher message, MessageContext context, CancellationToken cancellationToken) => AddAsync(message.Amount, context);

    public Task HandleAsync(Overdue message, MessageContext context, CancellationToken cancellationToken)
    {
        Complete();
        return context.PublishAsync(new Paid(Id, State.Paid));
    }

    private async Task AddAsync(decimal amount, MessageContext context)
    {
        State.Paid += amount;
        if (State.Paid == State.Of)
        {
            Complete();
            await context.PublishAsync(new Paid(Id, State.Paid));
        }
    }
}

internal sealed class PaidHandler(SagaHost shop) : IMessageHandler<Paid>
{
    public Task HandleAsync(Paid message, MessageContext context, CancellationToken cancellationToken)
    {
        shop.Hear(message);
        return Task.CompletedTask;
    }
}
