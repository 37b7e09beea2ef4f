using System.Text.Json;
using System.Text.Json.Serialization;
using Mom.Messaging;

namespace Mom.Tests.Node.Shop;

[Message("shop.order.ship.v1", Queue = "shop.shipping")]
public sealed record ShipOrder(string Order, string Address) : IPartitioned
{
    // Implemented like this it is no part of the JSON.
    string IPartitioned.PartitionKey => Order;
}

[JsonSerializable(typeof(ShipOrder))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class ShipOrderJson : JsonSerializerContext;
