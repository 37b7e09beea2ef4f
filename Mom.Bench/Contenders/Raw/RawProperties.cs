using Mom.Messaging;
using RabbitMQ.Client;

namespace Mom.Bench.Contenders.Raw;

/// <summary>Properties with the least that the guarantees need. New ones each time: the client writes into them.</summary>
internal static class RawProperties
{
    public static BasicProperties Persistent(byte priority = MessagePriority.Normal) =>
        new() { DeliveryMode = DeliveryModes.Persistent, Priority = priority };

    public static BasicProperties Request(string correlationId, string replyTo) => new()
    {
        DeliveryMode = DeliveryModes.Transient,
        Priority = MessagePriority.Rpc,
        CorrelationId = correlationId,
        ReplyTo = replyTo,
        Expiration = "10000",
    };

    public static BasicProperties Reply(string? correlationId) =>
        new() { DeliveryMode = DeliveryModes.Transient, CorrelationId = correlationId };
}
