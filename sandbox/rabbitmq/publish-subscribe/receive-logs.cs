// Prints every log line that is published while it runs, until Ctrl+C.
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.ExchangeDeclareAsync("sandbox.logs", ExchangeType.Fanout, durable: true);

// A queue of this program alone: the broker makes its name, and deletes it when the connection ends.
var queue = await channel.QueueDeclareAsync(queue: "", durable: false, exclusive: true, autoDelete: true);
await channel.QueueBindAsync(queue.QueueName, exchange: "sandbox.logs", routingKey: "");

var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += (_, delivery) =>
{
    Console.WriteLine($"Received: {Encoding.UTF8.GetString(delivery.Body.Span)}");
    return Task.CompletedTask;
};
await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
Console.WriteLine($"Waiting for log lines on {queue.QueueName}. Ctrl+C ends.");
await Task.Delay(Timeout.Infinite);
