// Puts tasks on the queue sandbox.tasks. A task takes one second for each dot: new-task.cs "one." "two.." "three..."
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.QueueDeclareAsync("sandbox.tasks", durable: true, exclusive: false, autoDelete: false);

// A durable queue survives a restart of the broker; a message in it does only if it is persistent too.
var properties = new BasicProperties { Persistent = true };

foreach (var task in args.Length > 0 ? args : ["wash.", "dry..", "iron..."])
{
    await channel.BasicPublishAsync("", "sandbox.tasks", mandatory: true, properties, Encoding.UTF8.GetBytes(task));
    Console.WriteLine($"Queued: {task}");
}
