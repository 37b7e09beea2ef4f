// Shows the three ways in which a message becomes a dead letter: rejected, expired, and pushed out of a full queue.
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.QueueDeclareAsync("sandbox.dead", durable: true, exclusive: false, autoDelete: false);
await channel.QueueDeclareAsync("sandbox.mortal", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
{
    ["x-dead-letter-exchange"] = "",
    ["x-dead-letter-routing-key"] = "sandbox.dead",
    ["x-max-length"] = 2,
});

var left = new CountdownEvent(3);
var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += (_, delivery) =>
{
    // The broker notes each death: which queue, why, and how often.
    var deaths = (List<object?>)delivery.BasicProperties.Headers!["x-death"]!;
    var reason = Encoding.UTF8.GetString((byte[])((Dictionary<string, object?>)deaths[0]!)["reason"]!);
    Console.WriteLine($"Dead: {Encoding.UTF8.GetString(delivery.Body.Span)}, because: {reason}");
    left.Signal();
    return Task.CompletedTask;
};
await channel.BasicConsumeAsync("sandbox.dead", autoAck: true, consumer);

await PublishAsync("a message that is rejected");
var message = await channel.BasicGetAsync("sandbox.mortal", autoAck: false);
await channel.BasicRejectAsync(message!.DeliveryTag, requeue: false);

await PublishAsync("the oldest of three on a queue for two");
await PublishAsync("a message that expires after 200 ms", expiration: "200");
await PublishAsync("a message that stays");

left.Wait();
await channel.QueueDeleteAsync("sandbox.mortal");

ValueTask PublishAsync(string text, string? expiration = null) =>
    channel.BasicPublishAsync("", "sandbox.mortal", mandatory: true, new BasicProperties { Expiration = expiration }, Encoding.UTF8.GetBytes(text));
