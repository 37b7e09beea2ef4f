// Order for each key, and parallel work all the same: the key chooses one of several queues, always the same one.
#:package RabbitMQ.Client
using System.Security.Cryptography;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

const int Queues = 3;
await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();

string[] accounts = ["Ada", "Grace", "Barbara", "Frances", "Radia"];
var left = new CountdownEvent(accounts.Length * 2);
for (var number = 0; number < Queues; number++)
{
    var queue = $"sandbox.accounts.{number}";
    await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
    var consumer = new AsyncEventingBasicConsumer(channel);
    consumer.ReceivedAsync += (_, delivery) =>
    {
        Console.WriteLine($"{queue}: {Encoding.UTF8.GetString(delivery.Body.Span)}");
        left.Signal();
        return Task.CompletedTask;
    };
    await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
}

foreach (var step in (string[])["opened", "paid"])
{
    foreach (var account in accounts)
        await channel.BasicPublishAsync("", $"sandbox.accounts.{Choose(account)}", Encoding.UTF8.GetBytes($"{account} {step}"));
}

left.Wait();

// Rendezvous hashing: of all queues the one with the highest hash of queue and key. When a queue is added, only the keys that move to it
// move; with a plain remainder nearly all would. string.GetHashCode will not do: it differs from process to process.
static int Choose(string key) => Enumerable.Range(0, Queues).MaxBy(queue => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{queue}:{key}"))));
