using Mom.Messaging;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Node.Shop;

namespace Mom.Tests.Broker.Engine;

/// <summary>Two versions of a message, and processes of before and after it changed.</summary>
[Trait("Group", "broker")]
public sealed class MessageVersionTests(DataServers servers)
{
    [Fact]
    public async Task An_old_message_is_handled_as_the_new_one_by_one_line()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var shop = await ShopHost.StartAsync(broker, messaging =>
        {
            messaging.Upcast<PayV1, PayV2>(old => new PayV2(old.Number, old.Euros, "EUR"));
            messaging.AddConsumer(NodeTopology.Work).Handle<PayV2, PayV2Handler>();
        });

        await shop.Engine.Publisher.PublishAsync(new PayV1(1, 10));
        await shop.Engine.Publisher.PublishAsync(new PayV2(2, 20, "CHF"));

        await shop.DoneAsync("v2 1: 10 EUR", "v2 2: 20 CHF");
    }

    [Fact]
    public async Task Two_versions_are_handled_side_by_side()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var shop = await ShopHost.StartAsync(broker, messaging =>
        {
            messaging.Upcast<PayV1, PayV2>(old => new PayV2(old.Number, old.Euros, "EUR"));
            messaging.AddConsumer(NodeTopology.Work).Handle<PayV1, PayV1Handler>().Handle<PayV2, PayV2Handler>();
        });

        await shop.Engine.Publisher.PublishAsync(new PayV1(1, 10));
        await shop.Engine.Publisher.PublishAsync(new PayV2(2, 20, "CHF"));

        await shop.DoneAsync("v1 1: 10", "v2 2: 20 CHF");
    }

    [Fact]
    public async Task Old_and_new_processes_share_a_queue_during_an_upgrade()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var former = await ShopHost.StartAsync(broker, messaging => messaging.AddConsumer(NodeTopology.Work, options => options.Prefetch = 1).Handle<PayV1, PayV1Handler>());
        await using var renewed = await ShopHost.StartAsync(broker, messaging =>
        {
            messaging.Upcast<PayV1, PayV2>(old => new PayV2(old.Number, old.Euros, "EUR"));
            messaging.PublishAs<PayV2, PayV1>(pay => new PayV1(pay.Number, pay.Amount));
            messaging.AddConsumer(NodeTopology.Work, options => options.Prefetch = 1).Handle<PayV2, PayV2Handler>();
        });

        for (var number = 0; number < 20; number++)
        {
            await former.Engine.Publisher.PublishAsync(new PayV1(number, 1));
            await renewed.Engine.Publisher.PublishAsync(new PayV2(number, 2, "EUR"));
        }

        await ShopHost.DoneAsync(40, former, renewed);
        Assert.Equal(0u, await broker.CountAsync($"{NodeTopology.Work}.dead"));
        Assert.All(former.Done, done => Assert.StartsWith("v1", done, StringComparison.Ordinal));
        Assert.All(renewed.Done, done => Assert.StartsWith("v2", done, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Versions_that_lead_back_to_each_other_or_are_answered_differently_are_refused()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var engine = EngineHost.Create(broker, messaging =>
        {
            messaging.Upcast<PayV1, PayV2>(old => new PayV2(old.Number, old.Euros, "EUR"));
            Refused(() => messaging.Upcast<PayV2, PayV1>(pay => new PayV1(pay.Number, pay.Amount)), "PayV2 and PayV1 would be made of each other");
            Refused(() => messaging.Upcast<PayV1, PlaceOrder>(old => new PlaceOrder(old.Number)), "PayV1 has an upcaster already.");
            Refused(() => messaging.Upcast<PlaceOrder, AskPrice>(old => new AskPrice(old.Number)), "PlaceOrder and AskPrice have different replies");
        });

        static void Refused(Func<MessagingBuilder> add, string sentence) =>
            Assert.StartsWith(sentence, Assert.Throws<InvalidOperationException>(add).Message, StringComparison.Ordinal);
    }
}
