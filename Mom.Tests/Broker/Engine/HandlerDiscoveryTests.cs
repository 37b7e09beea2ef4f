using Microsoft.Extensions.DependencyInjection;
using Mom.Messaging;
using Mom.Messaging.Topology;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Node.Shop;

namespace Mom.Tests.Broker.Engine;

/// <summary>A message is one file: record, JSON and handler are found by their assembly.</summary>
[Trait("Group", "broker")]
public sealed class HandlerDiscoveryTests(DataServers servers)
{
    private static readonly BrokerTopology Empty = new("shop.messages", "shop.topics", []);

    [Fact]
    public async Task A_command_an_event_and_a_request_are_found_with_their_json_handlers_and_queues()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var shop = await ShopHost.StartAsync(
            broker,
            messaging => messaging.AddHandlersFrom(typeof(PlaceOrder).Assembly, handlers =>
            {
                handlers.Service = "Storefront";
                handlers.RetryDelays = [TimeSpan.FromSeconds(1)];
                handlers.Where = IsOfTheShop;
                handlers.Queue("shop.statistics", queue => queue with { Limits = new QueueLimits { Messages = 7 } }, options => options.Concurrency = 2);
            }),
            Empty);

        await shop.Engine.Publisher.PublishAsync(new PlaceOrder(1));
        await shop.Engine.Publisher.PublishAsync(new PlaceOrder(2));
        var price = await shop.Engine.Rpc().RequestAsync(new AskPrice(21));

        Assert.Equal(42m, price.Amount);
        await shop.DoneAsync(
            "order 1 from shop.order", "order 2 from shop.order", "placed 1 from storefront.events", "placed 2 from storefront.events", "counted 2 from shop.statistics");
        Assert.Equal("7", await broker.QueueArgumentAsync("shop.statistics", "x-max-length"));
        Assert.Equal(0u, await broker.CountAsync("shop.order.retry.1.v3"));
    }

    [Fact]
    public async Task A_sender_needs_the_contract_and_no_topology()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var consumer = await ShopHost.StartAsync(broker, messaging => messaging.AddHandlersFrom(typeof(PlaceOrder).Assembly, handlers => handlers.Where = IsOfTheShop), Empty);
        await using var sender = await EngineHost.StartAsync(broker, topology: Empty, contracts: NodeJsonContext.Default);

        await sender.Publisher.PublishAsync(new PlaceOrder(3));

        await consumer.DoneAsync("order 3 from shop.order", "placed 3 from mom.tests.node.events");
    }

    [Fact]
    public async Task A_queue_is_defined_where_it_is_consumed()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var shop = await ShopHost.StartAsync(
            broker,
            messaging => messaging.AddConsumer(new QueueDefinition("shop.order") { RetryDelays = [TimeSpan.FromSeconds(1)], Type = QueueType.Quorum }, options => options.Concurrency = 1)
                .Handle<PlaceOrder, PlaceOrderHandler>(),
            NodeTopology.Default with { CommandExchange = "shop.messages" });
        await shop.Engine.Publisher.PublishAsync(new PlaceOrder(4));
        await shop.DoneAsync("order 4 from shop.order");
        Assert.Equal("quorum", await broker.QueueTypeAsync("shop.order"));
    }

    [Fact]
    public void What_cannot_be_meant_is_refused_with_a_sentence()
    {
        Refused("No handler takes its messages from 'shop.oder'.", handlers => handlers.Queue("shop.oder"));
        Refused("There is no handler in Mom.Tests.Node.", handlers => handlers.Where = _ => false);
        Refused("OrderPlaced has a handler on 'storefront.events' already.", handlers => handlers.Service = "storefront", twice: true);

        static void Refused(string sentence, Action<Mom.Messaging.Consuming.Discovery.HandlerDiscovery> configure, bool twice = false)
        {
            var messaging = new ServiceCollection().AddMessaging("shop");
            if (twice)
            {
                messaging.AddConsumer(new QueueDefinition("storefront.events")).Handle<OrderPlaced, OrderPlacedHandler>();
            }

            var error = Assert.Throws<InvalidOperationException>(() =>
            {
                messaging.AddHandlersFrom(typeof(PlaceOrder).Assembly, configure);
                if (twice)
                {
                    // The one that was there is kept, and not a second one added in silence.
                    messaging.ConsumerOf("storefront.events")!.Handle<OrderPlaced, OrderPlacedHandler>();
                }
            });
            Assert.StartsWith(sentence, error.Message, StringComparison.Ordinal);
        }
    }

    private static bool IsOfTheShop(Type handler) => handler.Namespace == typeof(PlaceOrder).Namespace && handler != typeof(PayV1Handler) && handler != typeof(PayV2Handler);
}
