using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mom.Bench.SideBySide.MassTransit;

internal static class Shop
{
    public static void Configure(IHostApplicationBuilder builder, string rabbitMq, string postgres)
    {
        builder.Services.AddDbContext<ShopContext>(options => options.UseNpgsql(postgres));
        builder.Services.AddMassTransit(bus =>
        {
            bus.AddConsumers(type => string.Equals(type.Namespace, typeof(Shop).Namespace, StringComparison.Ordinal), typeof(Shop).Assembly);
            bus.AddRequestClient<AskPrice>();
#if MASSTRANSIT_ENTITYFRAMEWORKCORE
            bus.AddEntityFrameworkOutbox<ShopContext>(outbox =>
            {
                outbox.UsePostgres();
                outbox.UseBusOutbox();
            });
#endif
            bus.AddConfigureEndpointsCallback((context, _, endpoint) =>
            {
                endpoint.UseMessageRetry(retry => retry.Intervals(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
#if MASSTRANSIT_ENTITYFRAMEWORKCORE
                endpoint.UseEntityFrameworkOutbox<ShopContext>(context);
#endif
            });
            bus.UsingRabbitMq((context, configurator) =>
            {
                configurator.Host(new Uri(rabbitMq));
                configurator.ConfigureEndpoints(context);
            });
        });
        EndpointConvention.Map<PlaceOrder>(new Uri("queue:place-order"));
        EndpointConvention.Map<ChargeCard>(new Uri("queue:charge-card"));
    }
}

public sealed record PlaceOrder(Guid Id, int Amount);

public sealed record OrderPlaced(Guid Id);

public sealed record AskPrice(string Item);

public sealed record Price(decimal Amount);

public sealed record ChargeCard(Guid Id);

public sealed class PlaceOrderConsumer(ShopContext database) : IConsumer<PlaceOrder>
{
    public async Task Consume(ConsumeContext<PlaceOrder> context)
    {
        database.Add(new Order { Id = context.Message.Id, Amount = context.Message.Amount });
        await context.Publish(new OrderPlaced(context.Message.Id));
        await database.SaveChangesAsync(context.CancellationToken);
    }
}

public sealed class OrderPlacedConsumer : IConsumer<OrderPlaced>
{
    public Task Consume(ConsumeContext<OrderPlaced> context) => Task.CompletedTask;
}

public sealed class AskPriceConsumer : IConsumer<AskPrice>
{
    public Task Consume(ConsumeContext<AskPrice> context) => context.RespondAsync(new Price(context.Message.Item.Length));
}

public sealed class ChargeCardConsumer : IConsumer<ChargeCard>
{
    public Task Consume(ConsumeContext<ChargeCard> context) => throw new TimeoutException("the bank is closed");
}

public sealed class Order
{
    public Guid Id { get; init; }

    public int Amount { get; init; }
}

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

#if MASSTRANSIT_ENTITYFRAMEWORKCORE
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddInboxStateEntity();
        modelBuilder.AddOutboxMessageEntity();
        modelBuilder.AddOutboxStateEntity();
    }
#endif
}
