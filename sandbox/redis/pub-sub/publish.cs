// Publishes a text on the channel sandbox:news.
#:package StackExchange.Redis
using StackExchange.Redis;

await using var connection = await ConnectionMultiplexer.ConnectAsync(Running.Redis);
var text = args is [var first, ..] ? first : "Something has happened";
var listeners = await connection.GetSubscriber().PublishAsync(RedisChannel.Literal("sandbox:news"), text);

// Nobody listening is no error: pub/sub keeps nothing. What must arrive goes on a queue.
Console.WriteLine($"Published to {listeners} listeners: {text}");
