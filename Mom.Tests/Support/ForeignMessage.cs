using System.Text;
using Mom.Contracts;
using Mom.Contracts.Callers;
using Mom.Contracts.Users;
using Mom.Testing;
using RabbitMQ.Client;

namespace Mom.Tests.Support;

/// <summary>A message that a service's own engine would not make: any type, any body; sent as the user that may send to the queue.</summary>
internal static class ForeignMessage
{
    /// <summary>The broker's user from which the consumer of a queue accepts messages.</summary>
    public static string SenderTo(string queue) => queue.StartsWith("db.", StringComparison.Ordinal) ? MomUsers.Api : MomUsers.DbWorker;

    /// <returns>Its message id.</returns>
    public static async Task<Guid> PublishAsync(RunningSystem system, string queue, string type, string body, Dictionary<string, object?>? headers = null, bool byAdministrator = false)
    {
        var user = SenderTo(queue);
        var factory = new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMqAs(user)) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var id = Guid.NewGuid();
        if (byAdministrator)
        {
            using var signer = new CallerSigner(RunSettings.CallerPrivateKey, TimeProvider.System);
            headers = new(headers ?? []) { [Caller.Header] = signer.Sign(new Caller(Guid.NewGuid(), "a test", UserRole.Admin), id, type) };
        }

        var properties = new BasicProperties { Type = type, MessageId = $"{id}", Priority = 5, Headers = headers, UserId = user };
        await channel.BasicPublishAsync(MomTopology.CommandExchange, queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
        return id;
    }

    /// <summary>Sends a request with an id of the caller's choice, and returns when its reply is there: all that its handler does is done by then.</summary>
    /// <returns>The type of the reply.</returns>
    public static async Task<string?> AskAsync(RunningSystem system, string queue, string type, Guid id, string body)
    {
        var factory = new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMqAs(MomUsers.Api)) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var replies = await channel.QueueDeclareAsync($"mom.reply.{MomUsers.Api}.{Guid.NewGuid():N}", durable: false, exclusive: true, autoDelete: true);
        await channel.QueueBindAsync(replies.QueueName, MomTopology.ReplyExchange, replies.QueueName);
        var properties = new BasicProperties { Type = type, MessageId = $"{id}", CorrelationId = $"{id}", ReplyTo = replies.QueueName, Priority = 10, UserId = MomUsers.Api };
        await channel.BasicPublishAsync(MomTopology.CommandExchange, queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
        BasicGetResult? reply = null;
        await Eventually.TrueAsync(async () => (reply = await channel.BasicGetAsync(replies.QueueName, autoAck: true)) is not null, $"'{type}' should be answered");
        return reply!.BasicProperties.Type;
    }
}
