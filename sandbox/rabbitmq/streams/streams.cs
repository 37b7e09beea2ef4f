// A stream keeps its messages after they are read: two readers, one from the beginning and one from an offset, each get them.
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.QueueDeclareAsync("sandbox.stream", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
{
    ["x-queue-type"] = "stream",
    // A stream is a log: it is limited by size and age, not by being read.
    ["x-max-length-bytes"] = 10_000_000,
    ["x-stream-max-segment-size-bytes"] = 1_000_000,
});

for (var number = 1; number <= 5; number++)
    await channel.BasicPublishAsync("", "sandbox.stream", Encoding.UTF8.GetBytes($"event {number}"));

await ReadAsync("from the beginning", "first", count: 5);
await ReadAsync("from offset 3", 3L, count: 2);
await channel.QueueDeleteAsync("sandbox.stream");

async Task ReadAsync(string name, object offset, int count)
{
    await using var reader = await connection.CreateChannelAsync();
    // A consumer of a stream must acknowledge, and must have a prefetch: they are its flow control. The messages stay.
    await reader.BasicQosAsync(0, prefetchCount: 10, global: false);
    var left = new CountdownEvent(count);
    var consumer = new AsyncEventingBasicConsumer(reader);
    consumer.ReceivedAsync += async (_, delivery) =>
    {
        Console.WriteLine($"Read {name}: {Encoding.UTF8.GetString(delivery.Body.Span)} at offset {delivery.BasicProperties.Headers!["x-stream-offset"]}");
        await reader.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        if (!left.IsSet)
            left.Signal();
    };
    await reader.BasicConsumeAsync("sandbox.stream", autoAck: false, consumerTag: "", noLocal: false, exclusive: false, new Dictionary<string, object?> { ["x-stream-offset"] = offset }, consumer);
    left.Wait();
}
