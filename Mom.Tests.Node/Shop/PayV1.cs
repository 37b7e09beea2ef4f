using System.Text.Json;
using System.Text.Json.Serialization;
using Mom.Messaging;
using Mom.Messaging.Consuming;

namespace Mom.Tests.Node.Shop;

/// <summary>As it was first: in euros, which nobody says.</summary>
[Message("shop.pay.v1", Queue = NodeTopology.Work)]
public sealed record PayV1(int Number, int Euros);

/// <summary>As it is since there are other currencies.</summary>
[Message("shop.pay.v2", Queue = NodeTopology.Work)]
public sealed record PayV2(int Number, int Amount, string Currency);

[JsonSerializable(typeof(PayV1))]
[JsonSerializable(typeof(PayV2))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class PayJson : JsonSerializerContext;

public sealed class PayV1Handler(Till till) : IMessageHandler<PayV1>
{
    public Task HandleAsync(PayV1 message, MessageContext context, CancellationToken cancellationToken)
    {
        till.Rings($"v1 {message.Number}: {message.Euros}");
        return Task.CompletedTask;
    }
}

public sealed class PayV2Handler(Till till) : IMessageHandler<PayV2>
{
    public Task HandleAsync(PayV2 message, MessageContext context, CancellationToken cancellationToken)
    {
        till.Rings($"v2 {message.Number}: {message.Amount} {message.Currency}");
        return Task.CompletedTask;
    }
}
