using System.Text.Json;
using System.Text.Json.Serialization;
using Mom.Messaging;
using Mom.Messaging.Consuming;
using Mom.Messaging.Consuming.Discovery;

namespace Mom.Tests.Node.Shop;

[Message("shop.order.placed.v1", Topic = "shop.order.placed")]
public sealed record OrderPlaced(int Number);

[JsonSerializable(typeof(OrderPlaced))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class OrderPlacedJson : JsonSerializerContext;

/// <summary>Tells of each of them, from the queue of the service.</summary>
public sealed class OrderPlacedHandler(Till till) : IMessageHandler<OrderPlaced>
{
    public Task HandleAsync(OrderPlaced message, MessageContext context, CancellationToken cancellationToken)
    {
        till.Rings($"placed {message.Number} from {context.Queue}");
        return Task.CompletedTask;
    }
}

/// <summary>Counts them two at a time, from a queue of its own.</summary>
[Consumes("shop.statistics"), Batch(2, WithinMilliseconds = 60_000)]
public sealed class OrderStatistics(Till till) : IBatchHandler<OrderPlaced>
{
    public Task HandleAsync(IReadOnlyList<Delivered<OrderPlaced>> messages, CancellationToken cancellationToken)
    {
        till.Rings($"counted {messages.Count} from {messages[0].Context.Queue}");
        return Task.CompletedTask;
    }
}
