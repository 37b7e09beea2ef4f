// Works on the tasks of the queue sandbox.tasks, one at a time, until Ctrl+C. Start as many workers as you like.
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();
await channel.QueueDeclareAsync("sandbox.tasks", durable: true, exclusive: false, autoDelete: false);

// No second task before the first is acknowledged: a busy worker gets none, and a free one does.
await channel.BasicQosAsync(prefetchSize: 0, prefetchCount: 1, global: false);

var consumer = new AsyncEventingBasicConsumer(channel);
consumer.ReceivedAsync += async (_, delivery) =>
{
    var task = Encoding.UTF8.GetString(delivery.Body.Span);
    Console.WriteLine($"Started: {task}");
    await Task.Delay(TimeSpan.FromSeconds(task.Count(letter => letter == '.')));
    Console.WriteLine($"Done: {task}");
    // Only now. If this program dies before, the broker gives the task to another worker.
    await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
};

await channel.BasicConsumeAsync("sandbox.tasks", autoAck: false, consumer);
Console.WriteLine("Waiting for tasks. Ctrl+C ends.");
await Task.Delay(Timeout.Infinite);
