// A replicated queue that counts deliveries: a message that is given back too often is dropped, and does not loop for ever.
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.QueueDeclareAsync("sandbox.quorum", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
{
    // Raft between the nodes of a cluster: a message is confirmed when most of them have it. With one node there is one replica.
    ["x-queue-type"] = "quorum",
    ["x-delivery-limit"] = 3,
    ["x-dead-letter-exchange"] = "",
    ["x-dead-letter-routing-key"] = "sandbox.quorum-dead",
});
await channel.QueueDeclareAsync("sandbox.quorum-dead", durable: true, exclusive: false, autoDelete: false);

var dead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
await ConsumeAsync("sandbox.quorum", async delivery =>
{
    // The first delivery has no count: it is the number of times that the message came back.
    var count = delivery.BasicProperties.Headers?.TryGetValue("x-delivery-count", out var value) == true ? value : 0;
    Console.WriteLine($"Received: {Encoding.UTF8.GetString(delivery.Body.Span)}, came back {count} times");
    await channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: true);
});
await ConsumeAsync("sandbox.quorum-dead", async delivery =>
{
    Console.WriteLine($"Dead: {Encoding.UTF8.GetString(delivery.Body.Span)}");
    await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
    dead.TrySetResult();
});

await channel.BasicPublishAsync("", "sandbox.quorum", Encoding.UTF8.GetBytes("a message that nobody can handle"));
await dead.Task;

async Task ConsumeAsync(string queue, Func<BasicDeliverEventArgs, Task> handle)
{
    var consumer = new AsyncEventingBasicConsumer(channel);
    consumer.ReceivedAsync += (_, delivery) => handle(delivery);
    await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
}
