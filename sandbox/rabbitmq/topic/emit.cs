// Publishes a message with a routing key of several words: emit.cs job.math.failed "divided by zero"
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.ExchangeDeclareAsync("sandbox.topic", ExchangeType.Topic, durable: true);

var key = args is [var first, ..] ? first : "job.math.succeeded";
var text = args is [_, var second, ..] ? second : "1 + 2 = 3";
await channel.BasicPublishAsync("sandbox.topic", routingKey: key, body: Encoding.UTF8.GetBytes(text));
Console.WriteLine($"Published: {key}: {text}");
