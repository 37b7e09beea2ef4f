using System.Text;
using Mom.Contracts;
using Mom.Testing;
using RabbitMQ.Client;

namespace Mom.Tests.Support;

/// <summary>A message from somebody who does not use the engine: any type, any body.</summary>
internal static class ForeignMessage
{
    /// <returns>Its message id.</returns>
    public static async Task<Guid> PublishAsync(RunningSystem system, string queue, string type, string body, Dictionary<string, object?>? headers = null)
    {
        var factory = new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMq) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var id = Guid.NewGuid();
        await channel.BasicPublishAsync(
            MomTopology.CommandExchange, queue, mandatory: true, new BasicProperties { Type = type, MessageId = $"{id}", Priority = 5, Headers = headers }, Encoding.UTF8.GetBytes(body));
        return id;
    }

    /// <summary>Sends a request with an id of the caller's choice, and returns when its reply is there: all that its handler does is done by then.</summary>
    /// <returns>The type of the reply.</returns>
    public static async Task<string?> AskAsync(RunningSystem system, string queue, string type, Guid id, string body)
    {
        var factory = new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMq) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var replies = await channel.QueueDeclareAsync(durable: false, exclusive: true, autoDelete: true);
        var properties = new BasicProperties { Type = type, MessageId = $"{id}", CorrelationId = $"{id}", ReplyTo = replies.QueueName, Priority = 10 };
        await channel.BasicPublishAsync(MomTopology.CommandExchange, queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
        BasicGetResult? reply = null;
        await Eventually.TrueAsync(async () => (reply = await channel.BasicGetAsync(replies.QueueName, autoAck: true)) is not null, $"'{type}' should be answered");
        return reply!.BasicProperties.Type;
    }
}
