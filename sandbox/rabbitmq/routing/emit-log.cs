// Publishes a log line with its severity as the routing key: emit-log.cs error "the disk is full"
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.ExchangeDeclareAsync("sandbox.direct-logs", ExchangeType.Direct, durable: true);

var severity = args is [var first, ..] ? first : "info";
var line = args is [_, var second, ..] ? second : "a log line";
await channel.BasicPublishAsync("sandbox.direct-logs", routingKey: severity, body: Encoding.UTF8.GetBytes(line));
Console.WriteLine($"Published: {severity}: {line}");
