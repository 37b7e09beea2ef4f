using System.Text;
using Mom.Messaging.Envelopes;
using Mom.Tests.Broker.Support;
using Mom.Tests.Node;
using Mom.Tests.Node.Shop;
using RabbitMQ.Client;

namespace Mom.Tests.Security;

/// <summary>An old version of a message is no way past who may send the new one.</summary>
[Trait("Group", "security")]
public sealed class UpcastSenderTests(DataServers servers)
{
    [Fact]
    public async Task An_old_version_is_believed_from_those_alone_who_may_send_the_one_as_which_it_is_handled()
    {
        await using var broker = await servers.VirtualHostAsync();
        var (friend, stranger) = (await broker.AddUserAsync(), await broker.AddUserAsync());
        await using var shop = await ShopHost.StartAsync(broker, messaging =>
        {
            messaging.Upcast<PayV1, PayV2>(old => new PayV2(old.Number, old.Euros, "EUR"));
            messaging.AddConsumer(NodeTopology.Work).From([friend.UserName]).Handle<PayV2, PayV2Handler>();
        });

        await PublishAsync(stranger, 1);
        await PublishAsync(friend, 2);

        await shop.DoneAsync("v2 2: 10 EUR");
        Assert.Equal("SenderRefused", Assert.Single(await broker.TakeAllAsync($"{NodeTopology.Work}.dead", 1)).Header(MessageHeaders.DeadReason));
        Assert.Single(shop.Done);
    }

    private static async Task PublishAsync(ConnectionFactory user, int number)
    {
        await using var connection = await user.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var properties = new BasicProperties { UserId = user.UserName, Type = "shop.pay.v1", MessageId = $"{Guid.NewGuid()}" };
        await channel.BasicPublishAsync(
            NodeTopology.Default.CommandExchange, NodeTopology.Work, mandatory: false, properties, Encoding.UTF8.GetBytes($$"""{"number":{{number}},"euros":10}"""));
    }
}
