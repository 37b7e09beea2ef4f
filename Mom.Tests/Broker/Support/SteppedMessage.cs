using System.Text.Json;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using RabbitMQ.Client;

namespace Mom.Tests.Broker.Support;

/// <summary>Reads the messages of these tests back.</summary>
internal static class SteppedMessage
{
    public static int Step(this BasicGetResult message) => Read(message).Step;

    public static Guid Job(this BasicGetResult message) => Read(message).JobId;

    private static MathStep Read(BasicGetResult message) => JsonSerializer.Deserialize(message.Body.Span, MomJsonContext.Default.MathStep)!;
}
