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
}
