using System.Text.Json;
using System.Text.Json.Serialization;
using Mom.Messaging;
using Mom.Messaging.Consuming;

namespace Mom.Tests.Node.Shop;

[Message("shop.price.ask.v1", Priority = MessagePriority.Rpc)]
public sealed record AskPrice(int Number) : IRequest<Price>;

[Message("shop.price.v1")]
public sealed record Price(decimal Amount);

[JsonSerializable(typeof(AskPrice))]
[JsonSerializable(typeof(Price))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class PriceJson : JsonSerializerContext;

public sealed class AskPriceHandler : IRequestHandler<AskPrice, Price>
{
    public Task<Price> HandleAsync(AskPrice request, MessageContext context, CancellationToken cancellationToken) => Task.FromResult(new Price(request.Number * 2m));
}
