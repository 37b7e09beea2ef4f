// Prints the log lines of the severities that it is given, until Ctrl+C: receive-logs.cs warning error
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

string[] severities = args.Length > 0 ? args : ["info", "warning", "error"];

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.ExchangeDeclareAsync("sandbox.direct-logs", ExchangeType.Direct, durable: true);
var queue = await channel.QueueDeclareAsync(queue: "", durable: false, exclusive: true, autoDelete: true);

// One binding for each severity. A direct exchange compares the routing key of the message with that of the binding.
foreach (var severity in severities)
    await channel.QueueBindAsync(queue.QueueName, "sandbox.direct-logs", routingKey: severity);

var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += (_, delivery) =>
{
    Console.WriteLine($"Received: {delivery.RoutingKey}: {Encoding.UTF8.GetString(delivery.Body.Span)}");
    return Task.CompletedTask;
};
await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
Console.WriteLine($"Waiting for {string.Join(", ", severities)}. Ctrl+C ends.");
await Task.Delay(Timeout.Infinite);
