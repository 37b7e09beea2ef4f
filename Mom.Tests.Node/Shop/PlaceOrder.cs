using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mom.Messaging;
using Mom.Messaging.Consuming;

namespace Mom.Tests.Node.Shop;

[Message("shop.order.place.v1")]
public sealed record PlaceOrder([property: Range(1, int.MaxValue)] int Number);

[JsonSerializable(typeof(PlaceOrder))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class PlaceOrderJson : JsonSerializerContext;

public sealed class PlaceOrderHandler(Till till) : IMessageHandler<PlaceOrder>
{
    public async Task HandleAsync(PlaceOrder message, MessageContext context, CancellationToken cancellationToken)
    {
        till.Rings($"order {message.Number} from {context.Queue}");
        await context.PublishAsync(new OrderPlaced(message.Number));
    }
}
