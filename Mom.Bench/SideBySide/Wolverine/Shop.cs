using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Wolverine;
using Wolverine.EntityFrameworkCore;
using Wolverine.ErrorHandling;
using Wolverine.Postgresql;
using Wolverine.RabbitMQ;

namespace Mom.Bench.SideBySide.Wolverine;

internal static class Shop
{
    public static void Configure(IHostApplicationBuilder builder, string rabbitMq, string postgres) => builder.UseWolverine(options =>
    {
        options.UseRabbitMq(new Uri(rabbitMq)).AutoProvision().UseConventionalRouting();
        options.PersistMessagesWithPostgresql(postgres);
        options.Services.AddDbContextWithWolverineIntegration<ShopContext>(database => database.UseNpgsql(postgres));
        options.UseEntityFrameworkCoreTransactions();
        options.Policies.AutoApplyTransactions();
        options.Policies.UseDurableInboxOnAllListeners();
        options.Policies.UseDurableOutboxOnAllSendingEndpoints();
        options.OnException<TimeoutException>().ScheduleRetry(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)).Then.MoveToErrorQueue();
    });
}

public sealed record PlaceOrder(Guid Id, int Amount);

public sealed record OrderPlaced(Guid Id);

public sealed record AskPrice(string Item);

public sealed record Price(decimal Amount);

public sealed record ChargeCard(Guid Id);

public static class PlaceOrderHandler
{
    public static OrderPlaced Handle(PlaceOrder message, ShopContext database)
    {
        database.Add(new Order { Id = message.Id, Amount = message.Amount });
        return new OrderPlaced(message.Id);
    }
}

public static class OrderPlacedHandler
{
    public static Task Handle(OrderPlaced message) => Task.CompletedTask;
}

public static class AskPriceHandler
{
    public static Price Handle(AskPrice message) => new(message.Item.Length);
}

public static class ChargeCardHandler
{
    public static Task Handle(ChargeCard message) => throw new TimeoutException("the bank is closed");
}

public sealed class Order
{
    public Guid Id { get; init; }

    public int Amount { get; init; }
}

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.MapWolverineEnvelopeStorage();
}
