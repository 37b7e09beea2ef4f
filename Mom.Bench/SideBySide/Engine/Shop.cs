using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.EntityFrameworkCore;
using RabbitMQ.Client;

namespace Mom.Bench.SideBySide.Engine;

internal static class Shop
{
    public static void Configure(IHostApplicationBuilder builder, string rabbitMq, string postgres)
    {
        builder.Services.AddSingleton<IConnectionFactory>(new ConnectionFactory { Uri = new Uri(rabbitMq) });
        builder.Services.AddDbContext<ShopContext>(options => options.UseNpgsql(postgres).UseSnakeCaseNamingConvention());
        builder.Services.AddMessaging("side")
            .AddPostgres<ShopContext>()
            .AddHandlersFrom(typeof(Shop).Assembly, handlers =>
            {
                handlers.Service = "shop";
                handlers.RetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)];
                handlers.Where = handler => string.Equals(handler.Namespace, typeof(Shop).Namespace, StringComparison.Ordinal);
            });
    }
}

[Message("side.order.place.v1")]
public sealed record PlaceOrder(Guid Id, int Amount);

[Message("side.order.placed.v1", Topic = "side.order.placed")]
public sealed record OrderPlaced(Guid Id);

[Message("side.price.ask.v1", Priority = MessagePriority.Rpc)]
public sealed record AskPrice(string Item) : IRequest<Price>;

[Message("side.price.v1")]
public sealed record Price(decimal Amount);

[Message("side.card.charge.v1")]
public sealed record ChargeCard(Guid Id);

[JsonSerializable(typeof(PlaceOrder))]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(AskPrice))]
[JsonSerializable(typeof(Price))]
[JsonSerializable(typeof(ChargeCard))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class ShopJson : JsonSerializerContext;

public sealed class PlaceOrderHandler(ShopContext database) : IMessageHandler<PlaceOrder>
{
    public async Task HandleAsync(PlaceOrder message, MessageContext context, CancellationToken cancellationToken)
    {
        database.Add(new Order { Id = message.Id, Amount = message.Amount });
        await context.PublishAsync(new OrderPlaced(message.Id));
    }
}

public sealed class OrderPlacedHandler : IMessageHandler<OrderPlaced>
{
    public Task HandleAsync(OrderPlaced message, MessageContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}

public sealed class AskPriceHandler : IRequestHandler<AskPrice, Price>
{
    public Task<Price> HandleAsync(AskPrice request, MessageContext context, CancellationToken cancellationToken) => Task.FromResult(new Price(request.Item.Length));
}

public sealed class ChargeCardHandler : IMessageHandler<ChargeCard>
{
    public Task HandleAsync(ChargeCard message, MessageContext context, CancellationToken cancellationToken) => throw new TimeoutException("the bank is closed");
}

public sealed class Order
{
    public Guid Id { get; init; }

    public int Amount { get; init; }
}

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddMessaging();
}
