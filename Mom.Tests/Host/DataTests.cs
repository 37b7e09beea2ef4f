using Mom.LocalHost;
using StackExchange.Redis;

namespace Mom.Tests.Host;

[Trait("Group", "host")]
public sealed class DataTests
{
    [Fact]
    public async Task Data_outlives_a_stop_but_not_a_wipe()
    {
        await using var own = new PrivateSystem([ResourceNames.Redis]);
        await own.System.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var redis = own.System[ResourceNames.Redis];
        await UseAsync(own.System, database => database.StringSetAsync("key", "value"));
        await Assert.ThrowsAsync<LocalHostException>(redis.WipeDataAsync);

        await redis.StopAsync();
        await redis.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await redis.WaitHealthyAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("value", await UseAsync(own.System, database => database.StringGetAsync("key")));

        await redis.StopAsync();
        await redis.WipeDataAsync();
        await redis.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await redis.WaitHealthyAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(RedisValue.Null, await UseAsync(own.System, database => database.StringGetAsync("key")));
    }

    private static async Task<T> UseAsync<T>(LocalSystem system, Func<IDatabase, Task<T>> action)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(system.Connections.Redis);
        return await action(connection.GetDatabase());
    }
}
