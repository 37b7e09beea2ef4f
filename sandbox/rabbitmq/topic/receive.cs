// Prints the messages whose routing key fits one of the patterns, until Ctrl+C: receive.cs "job.*.failed" "user.#"
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

string[] patterns = args.Length > 0 ? args : ["#"];

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.ExchangeDeclareAsync("sandbox.topic", ExchangeType.Topic, durable: true);
var queue = await channel.QueueDeclareAsync(queue: "", durable: false, exclusive: true, autoDelete: true);

// * stands for exactly one word, # for none or more. Words are separated by dots.
foreach (var pattern in patterns)
    await channel.QueueBindAsync(queue.QueueName, "sandbox.topic", routingKey: pattern);

var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += (_, delivery) =>
{
    Console.WriteLine($"Received: {delivery.RoutingKey}: {Encoding.UTF8.GetString(delivery.Body.Span)}");
    return Task.CompletedTask;
};
await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
Console.WriteLine($"Waiting for {string.Join(", ", patterns)}. Ctrl+C ends.");
await Task.Delay(Timeout.Infinite);
