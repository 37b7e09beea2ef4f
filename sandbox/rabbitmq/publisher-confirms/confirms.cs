// Publishes with confirms, one at a time and many at once, and sees what the broker refuses.
#:package RabbitMQ.Client
using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

const int Count = 1_000;
await using var connection = await new ConnectionFactory { Uri = Running.Broker }.CreateConnectionAsync();

// With tracking, awaiting a publish means: the broker has the message on disk, on every replica that it needs.
await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
    publisherConfirmationsEnabled: true,
    publisherConfirmationTrackingEnabled: true));
await channel.QueueDeclareAsync("sandbox.confirms", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-max-length"] = 2 * Count, ["x-overflow"] = "reject-publish" });
await channel.QueuePurgeAsync("sandbox.confirms");
var persistent = new BasicProperties { Persistent = true };
var body = new byte[256];

var clock = Stopwatch.StartNew();
for (var each = 0; each < Count; each++)
    await PublishAsync("sandbox.confirms");
Console.WriteLine($"One at a time: {Count} confirmed in {clock.ElapsedMilliseconds} ms");

clock.Restart();
await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => PublishAsync("sandbox.confirms").AsTask()));
Console.WriteLine($"All at once: {Count} confirmed in {clock.ElapsedMilliseconds} ms");

try
{
    await PublishAsync("sandbox.confirms");
}
catch (PublishException refused)
{
    Console.WriteLine($"Refused, as the queue is full (returned: {refused.IsReturn})");
}

try
{
    await PublishAsync("sandbox.there-is-no-such-queue");
}
catch (PublishException returned)
{
    Console.WriteLine($"Returned, as no queue takes it (returned: {returned.IsReturn})");
}

await channel.QueueDeleteAsync("sandbox.confirms");

// mandatory: what no queue takes comes back, in place of being dropped without a word.
ValueTask PublishAsync(string queue) => channel.BasicPublishAsync("", queue, mandatory: true, persistent, body);
