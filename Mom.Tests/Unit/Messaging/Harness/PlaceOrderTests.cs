using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Messaging.Publishing;
using Mom.Messaging.Retries;
using Mom.Messaging.Rpc;
using Mom.Messaging.Testing;
using Mom.Messaging.Topology;
using Mom.Tests.Node.Shop;

namespace Mom.Tests.Unit.Messaging.Harness;

/// <summary>The examples of docs/testing-handlers.md, as a team writes them for its own handlers.</summary>
[Trait("Group", "unit")]
public sealed class PlaceOrderTests
{
    [Fact]
    public async Task An_order_that_is_placed_is_told_to_all()
    {
        await using var harness = await MessagingHarness.StartAsync(services =>
        {
            services.AddSingleton<Till>();
            services.AddMessaging("shop").AddHandlersFrom(typeof(PlaceOrder).Assembly, handlers => handlers.Where = IsOfTheShop);
        });

        await harness.PublishAsync(new PlaceOrder(7), new PublishOptions { Tenant = "acme" });

        var placed = await harness.Published<OrderPlaced>();
        Assert.Equal((7, "acme"), (placed.Message.Number, placed.Tenant));
        await harness.Handled<OrderPlaced>();
        await harness.DeadLettered<object>().Never();
    }

    [Fact]
    public async Task A_payment_is_tried_again_for_a_day_and_then_given_to_a_person()
    {
        await using var harness = await MessagingHarness.StartAsync(services => services.AddMessaging("shop")
            .AddContracts(Mom.Tests.Node.NodeJsonContext.Default)
            .AddConsumer(new QueueDefinition("test.work") { RetryDelays = [TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)] })
            .Handle<PayV2, BankIsClosed>());

        await harness.PublishAsync(new PayV2(7, 100, "EUR"));
        await harness.Failed<PayV2>();
        await harness.AdvanceAsync(TimeSpan.FromMinutes(2));
        await harness.Failed<PayV2>().Times(2);
        await harness.AdvanceToEndAsync();

        var dead = await harness.DeadLettered<PayV2>();
        Assert.Equal((DeadLetterReason.AttemptsExhausted, 3, "the bank is closed"), (dead.Reason, dead.Attempts, dead.ExceptionMessage));
    }

    [Fact]
    public async Task A_price_that_nobody_tells_is_not_waited_for()
    {
        await using var harness = await MessagingHarness.StartAsync(
            services => services.AddMessaging("shop").AddContracts(Mom.Tests.Node.NodeJsonContext.Default),
            new HarnessOptions { OtherQueues = ["shop.price"] });

        var price = harness.RequestAsync(new AskPrice(7), RpcOptions.Query with { Timeout = TimeSpan.FromSeconds(10) });
        await harness.Requested<AskPrice>();
        await harness.AdvanceAsync(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<RequestTimeoutException>(() => price);
    }

    private static bool IsOfTheShop(Type handler) => handler == typeof(PlaceOrderHandler) || handler == typeof(OrderPlacedHandler);

    private sealed class BankIsClosed : IMessageHandler<PayV2>
    {
        public Task HandleAsync(PayV2 message, MessageContext context, CancellationToken cancellationToken) => throw new InvalidOperationException("the bank is closed");
    }
}
