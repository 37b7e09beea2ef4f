// Two workers, one fast and one slow, share 40 tasks: with a large prefetch the slow one holds half of them; with 1 it takes what it can do.
#:package RabbitMQ.Client
using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

const int Tasks = 40;
await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();

foreach (ushort prefetch in (ushort[])[20, 1])
{
    await using var channel = await connection.CreateChannelAsync();
    await channel.QueueDeclareAsync("sandbox.prefetch", durable: false, exclusive: true, autoDelete: false);
    for (var each = 0; each < Tasks; each++)
        await channel.BasicPublishAsync("", "sandbox.prefetch", new byte[1]);

    var left = new CountdownEvent(Tasks);
    var clock = Stopwatch.StartNew();
    var fast = await WorkAsync(prefetch, milliseconds: 5, left);
    var slow = await WorkAsync(prefetch, milliseconds: 50, left);
    left.Wait();
    Console.WriteLine($"Prefetch {prefetch}: the fast worker did {fast()}, the slow one {slow()}, in {clock.ElapsedMilliseconds} ms");
    await channel.QueueDeleteAsync("sandbox.prefetch");
}

async Task<Func<int>> WorkAsync(ushort prefetch, int milliseconds, CountdownEvent left)
{
    var done = 0;
    var channel = await connection.CreateChannelAsync();
    // How many messages the broker sends ahead of their acks.
    await channel.BasicQosAsync(0, prefetch, global: false);
    var consumer = new AsyncEventingBasicConsumer(channel);
    consumer.ReceivedAsync += async (_, delivery) =>
    {
        await Task.Delay(milliseconds);
        await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        done++;
        left.Signal();
    };
    await channel.BasicConsumeAsync("sandbox.prefetch", autoAck: false, consumer);
    return () => done;
}
