#if NSERVICEBUS
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace Mom.Bench.SideBySide.NServiceBus;

internal static class Shop
{
    public static void Configure(IHostApplicationBuilder builder, string rabbitMq, string postgres)
    {
        var endpoint = new EndpointConfiguration("shop");
        endpoint.EnableInstallers();
        endpoint.EnableOutbox();
        endpoint.EnableCallbacks();
        endpoint.MakeInstanceUniquelyAddressable("1");
        endpoint.UseSerialization<SystemJsonSerializer>();
        var routing = endpoint.UseTransport(new RabbitMQTransport(RoutingTopology.Conventional(QueueType.Quorum), rabbitMq));
        routing.RouteToEndpoint(typeof(Shop).Assembly, "shop");
        var persistence = endpoint.UsePersistence<SqlPersistence>();
        persistence.SqlDialect<SqlDialect.PostgreSql>().JsonBParameterModifier(parameter => ((NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.Jsonb);
        persistence.ConnectionBuilder(() => new NpgsqlConnection(postgres));
        endpoint.Recoverability()
            .Immediate(immediate => immediate.NumberOfRetries(0))
            .Delayed(delayed => delayed.NumberOfRetries(2).TimeIncrease(TimeSpan.FromSeconds(30)));
        builder.Services.AddScoped(services =>
        {
            var session = services.GetRequiredService<ISqlStorageSession>();
            var database = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(session.Connection).Options);
            database.Database.UseTransaction(session.Transaction);
            session.OnSaveChanges((_, cancellationToken) => database.SaveChangesAsync(cancellationToken));
            return database;
        });
        builder.UseNServiceBus(endpoint);
    }
}

public sealed record PlaceOrder(Guid Id, int Amount) : ICommand;

public sealed record OrderPlaced(Guid Id) : IEvent;

public sealed record AskPrice(string Item) : IMessage;

public sealed record Price(decimal Amount) : IMessage;

public sealed record ChargeCard(Guid Id) : ICommand;

public sealed class PlaceOrderHandler(ShopContext database) : IHandleMessages<PlaceOrder>
{
    public async Task Handle(PlaceOrder message, IMessageHandlerContext context)
    {
        database.Add(new Order { Id = message.Id, Amount = message.Amount });
        await context.Publish(new OrderPlaced(message.Id));
    }
}

public sealed class OrderPlacedHandler : IHandleMessages<OrderPlaced>
{
    public Task Handle(OrderPlaced message, IMessageHandlerContext context) => Task.CompletedTask;
}

public sealed class AskPriceHandler : IHandleMessages<AskPrice>
{
    public Task Handle(AskPrice message, IMessageHandlerContext context) => context.Reply(new Price(message.Item.Length));
}

public sealed class ChargeCardHandler : IHandleMessages<ChargeCard>
{
    public Task Handle(ChargeCard message, IMessageHandlerContext context) => throw new TimeoutException("the bank is closed");
}

public sealed class Order
{
    public Guid Id { get; init; }

    public int Amount { get; init; }
}

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
}
#endif
