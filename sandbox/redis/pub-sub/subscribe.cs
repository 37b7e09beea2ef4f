// Prints what is published on the channel sandbox:news, until Ctrl+C.
#:package StackExchange.Redis
using StackExchange.Redis;

await using var connection = await ConnectionMultiplexer.ConnectAsync(Running.Redis);
var queue = await connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal("sandbox:news"));
queue.OnMessage(message => Console.WriteLine($"Received: {message.Message}"));
Console.WriteLine("Waiting for news. Ctrl+C ends.");
await Task.Delay(Timeout.Infinite);
