// Publishes a log line to all that listen at this moment.
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();

// A fanout exchange gives a copy to each queue that is bound to it. It keeps nothing: with no queue bound, the message is gone.
await channel.ExchangeDeclareAsync("sandbox.logs", ExchangeType.Fanout, durable: true);

var line = args is [var first, ..] ? first : "info: a log line";
await channel.BasicPublishAsync("sandbox.logs", routingKey: "", body: Encoding.UTF8.GetBytes(line));
Console.WriteLine($"Published: {line}");
