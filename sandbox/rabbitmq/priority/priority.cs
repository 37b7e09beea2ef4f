// Shows that a message of high priority overtakes what waits before it, and in which order the queue gives its messages out.
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();

// The highest priority is a property of the queue, fixed when it is declared. RabbitMQ advises no more than 10 levels.
var arguments = new Dictionary<string, object?> { ["x-max-priority"] = 10 };
await channel.QueueDeclareAsync("sandbox.priority", durable: true, exclusive: false, autoDelete: false, arguments);
await channel.QueuePurgeAsync("sandbox.priority");

foreach (var (text, priority) in new[] { ("report", 1), ("report", 1), ("log in", 10), ("report", 1), ("cancel", 5) })
{
    var properties = new BasicProperties { Priority = (byte)priority };
    await channel.BasicPublishAsync("", "sandbox.priority", mandatory: true, properties, Encoding.UTF8.GetBytes(text));
    Console.WriteLine($"Published: {text} ({priority})");
}

// Only what waits on the queue is ordered: a consumer that has prefetched a hundred messages works on these first.
while (await channel.BasicGetAsync("sandbox.priority", autoAck: true) is { } message)
    Console.WriteLine($"Received: {Encoding.UTF8.GetString(message.Body.Span)} ({message.BasicProperties.Priority})");
