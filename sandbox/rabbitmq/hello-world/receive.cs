// Receives the messages of the queue sandbox.hello until Ctrl+C.
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.QueueDeclareAsync("sandbox.hello", durable: true, exclusive: false, autoDelete: false);

var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += (_, delivery) =>
{
    Console.WriteLine($"Received: {Encoding.UTF8.GetString(delivery.Body.Span)}");
    return Task.CompletedTask;
};

// autoAck: the broker forgets a message as soon as it has sent it. See work-queues for what that costs.
await channel.BasicConsumeAsync("sandbox.hello", autoAck: true, consumer);
Console.WriteLine("Waiting for messages. Ctrl+C ends.");
await Task.Delay(Timeout.Infinite);
