using System.Text;
using Mom.Contracts;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.Broker;

[Trait("Group", "broker")]
public sealed class DeadLetterTests(MomStack stack)
{
    [Theory]
    [InlineData("job.create.v1", "{", "MalformedBody")]
    [InlineData("job.create.v1", "{}", "MalformedBody")]
    [InlineData("job.create.v999", "{}", "UnknownType")]
    public async Task What_cannot_be_read_is_parked_at_once_with_its_reason(string type, string body, string reason)
    {
        var system = await stack.SystemAsync();
        var factory = new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMq) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();

        var id = Guid.NewGuid().ToString();
        await channel.BasicPublishAsync(
            MomTopology.CommandExchange,
            MomQueues.DbCommands,
            mandatory: true,
            new BasicProperties { Type = type, MessageId = id, Priority = 5 },
            Encoding.UTF8.GetBytes(body));

        BasicGetResult? dead = null;
        await Eventually.TrueAsync(
            async () => (dead = await channel.BasicGetAsync($"{MomQueues.DbCommands}.dead", autoAck: true)) is not null,
            "the message should be a dead letter");
        Assert.Equal(id, dead!.BasicProperties.MessageId);
        Assert.Equal(5, dead.BasicProperties.Priority);
        Assert.Equal(body, Encoding.UTF8.GetString(dead.Body.Span));
        Assert.Equal(reason, Header(dead, "mom-dead-reason"));
        Assert.Equal(MomQueues.DbCommands, Header(dead, "mom-origin-queue"));
    }

    private static string Header(BasicGetResult message, string name) => Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers![name]!);
}
