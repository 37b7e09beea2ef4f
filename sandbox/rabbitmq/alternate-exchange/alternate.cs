// Catches the messages that no queue is bound for.
#:package RabbitMQ.Client
using System.Text;
using RabbitMQ.Client;

await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();
await using var channel = await connection.CreateChannelAsync();

await channel.ExchangeDeclareAsync("sandbox.unrouted", ExchangeType.Fanout, durable: true);
await channel.ExchangeDeclareAsync("sandbox.orders", ExchangeType.Direct, durable: true, arguments: new Dictionary<string, object?>
{
    // What this exchange cannot route goes there, in place of being dropped.
    ["alternate-exchange"] = "sandbox.unrouted",
});
await channel.QueueDeclareAsync("sandbox.books", durable: true, exclusive: false, autoDelete: false);
await channel.QueueBindAsync("sandbox.books", "sandbox.orders", routingKey: "book");
await channel.QueueDeclareAsync("sandbox.unrouted", durable: true, exclusive: false, autoDelete: false);
await channel.QueueBindAsync("sandbox.unrouted", "sandbox.unrouted", routingKey: "");

foreach (var kind in (string[])["book", "record", "book"])
    await channel.BasicPublishAsync("sandbox.orders", routingKey: kind, body: Encoding.UTF8.GetBytes($"an order of a {kind}"));

foreach (var queue in (string[])["sandbox.books", "sandbox.unrouted"])
{
    while (await channel.BasicGetAsync(queue, autoAck: true) is { } message)
        Console.WriteLine($"{queue}: {Encoding.UTF8.GetString(message.Body.Span)}");
}
