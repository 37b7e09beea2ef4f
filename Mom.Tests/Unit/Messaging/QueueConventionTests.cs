using System.Text.Json.Serialization;
using Mom.Messaging.Contracts;
using Mom.Tests.Node;
using Mom.Tests.Node.Shop;

namespace Mom.Tests.Unit.Messaging;

/// <summary>Where a message goes that names neither a queue nor a topic.</summary>
[Trait("Group", "unit")]
public sealed class QueueConventionTests
{
    [Theory]
    [InlineData("order.place.v1", "order")]
    [InlineData("order.cancel.v12", "order")]
    [InlineData("shop.order.place.v1", "shop.order")]
    [InlineData("ping.v1", "ping")]
    [InlineData("ping", "ping")]
    public void What_belongs_together_shares_a_queue(string wireName, string queue) => Assert.Equal(queue, QueueConvention.Of(wireName));

    [Fact]
    public void Replies_and_events_go_to_no_queue_and_the_json_of_a_message_may_be_in_any_context_of_its_assembly()
    {
        var registry = MessageRegistry.From((JsonSerializerContext)NodeJsonContext.Default);
        Assert.Equal("shop.price", registry.Find(typeof(AskPrice)).Queue);
        Assert.Null(registry.Find(typeof(Price)).Queue);
        Assert.Null(registry.Find(typeof(OrderPlaced)).Queue);
        Assert.Equal(NodeTopology.Work, registry.Find(typeof(PayV1)).Queue);
        Assert.Null(registry.Find("mom.failure.v1")!.Queue);
    }
}
