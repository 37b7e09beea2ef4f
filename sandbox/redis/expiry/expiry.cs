// A key that expires by itself, as the sessions and cancel flags of this system do.
#:package StackExchange.Redis
using StackExchange.Redis;

await using var connection = await ConnectionMultiplexer.ConnectAsync(Running.Redis);
var redis = connection.GetDatabase();

await redis.StringSetAsync("sandbox:session", "Ada", TimeSpan.FromMilliseconds(500));
Console.WriteLine($"Set, for {(await redis.KeyTimeToLiveAsync("sandbox:session"))!.Value.TotalMilliseconds:0} ms");

// Renewed while it is used; a session lives on in the same way.
await redis.KeyExpireAsync("sandbox:session", TimeSpan.FromSeconds(1));
while (await redis.StringGetAsync("sandbox:session") is { IsNull: false } value)
{
    Console.WriteLine($"Still there: {value}");
    await Task.Delay(250);
}

Console.WriteLine("Gone");
