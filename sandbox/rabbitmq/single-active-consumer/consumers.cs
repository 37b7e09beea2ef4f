// Three consumers of one queue, of which one is active; when it ends, the next takes over, and the order of messages is kept.
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var publishing = await connection.CreateChannelAsync();
await publishing.QueueDeclareAsync("sandbox.ordered", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
{
    ["x-single-active-consumer"] = true,
});
await publishing.QueuePurgeAsync("sandbox.ordered");

var received = new SemaphoreSlim(0);
var consumers = new Dictionary<string, IChannel>();
foreach (var name in (string[])["A", "B", "C"])
    consumers[name] = await ConsumeAsync(name);

var active = "A";
for (var number = 1; number <= 6; number++)
{
    await publishing.BasicPublishAsync("", "sandbox.ordered", Encoding.UTF8.GetBytes($"message {number}"));
    await received.WaitAsync();
    if (number % 2 == 0 && consumers.Remove(active, out var ended))
    {
        Console.WriteLine($"{active} ends");
        await ended.CloseAsync();
    }
}

async Task<IChannel> ConsumeAsync(string name)
{
    var channel = await connection.CreateChannelAsync();
    await channel.BasicQosAsync(0, prefetchCount: 1, global: false);
    var consumer = new AsyncEventingBasicConsumer(channel);
    consumer.ReceivedAsync += async (_, delivery) =>
    {
        active = name;
        Console.WriteLine($"{name} received: {Encoding.UTF8.GetString(delivery.Body.Span)}");
        await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        received.Release();
    };
    await channel.BasicConsumeAsync("sandbox.ordered", autoAck: false, consumer);
    return channel;
}
