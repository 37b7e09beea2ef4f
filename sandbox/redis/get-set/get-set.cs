// Sets a key, reads it, counts, and sets one only if it is not there.
#:package StackExchange.Redis
using StackExchange.Redis;

await using var connection = await ConnectionMultiplexer.ConnectAsync(Running.Redis);
var redis = connection.GetDatabase();

await redis.StringSetAsync("sandbox:greeting", "Hello");
Console.WriteLine($"sandbox:greeting = {await redis.StringGetAsync("sandbox:greeting")}");

// Atomic: however many processes count at once, no step is lost.
await redis.KeyDeleteAsync("sandbox:count");
await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => redis.StringIncrementAsync("sandbox:count")));
Console.WriteLine($"sandbox:count = {await redis.StringGetAsync("sandbox:count")}");

// Of ten that try, one gets it: the simplest of locks. It has an expiry, so that it does not outlive its holder.
await redis.KeyDeleteAsync("sandbox:lock");
var winners = await Task.WhenAll(Enumerable.Range(0, 10).Select(each => redis.StringSetAsync("sandbox:lock", each, TimeSpan.FromSeconds(10), When.NotExists)));
Console.WriteLine($"Of ten, {winners.Count(won => won)} has the lock");
