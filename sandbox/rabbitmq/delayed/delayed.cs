// Delivers messages after a delay, without a plugin: they wait on a queue without consumers until they expire.
#:package RabbitMQ.Client
using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.QueueDeclareAsync("sandbox.due", durable: true, exclusive: false, autoDelete: false);

// One queue for each length of delay. On one queue for all, a short delay would wait behind a long one: only the head of a queue expires.
int[] delays = [3, 1, 2];
foreach (var seconds in delays)
{
    await channel.QueueDeclareAsync($"sandbox.delay.{seconds}s", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
    {
        ["x-message-ttl"] = seconds * 1000,
        // What expires is dead-lettered: through the default exchange, to the queue where it is due.
        ["x-dead-letter-exchange"] = "",
        ["x-dead-letter-routing-key"] = "sandbox.due",
    });
}

var left = new CountdownEvent(delays.Length);
var clock = Stopwatch.StartNew();
var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += (_, delivery) =>
{
    Console.WriteLine($"Received: {Encoding.UTF8.GetString(delivery.Body.Span)}, after {clock.Elapsed.TotalSeconds:0.0} s");
    left.Signal();
    return Task.CompletedTask;
};
await channel.BasicConsumeAsync("sandbox.due", autoAck: true, consumer);

foreach (var seconds in delays)
{
    await channel.BasicPublishAsync("", $"sandbox.delay.{seconds}s", Encoding.UTF8.GetBytes($"due in {seconds} s"));
    Console.WriteLine($"Published: due in {seconds} s");
}

left.Wait();
