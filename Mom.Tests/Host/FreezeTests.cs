using Mom.LocalHost;
using Mom.LocalHost.Resources;
using Mom.Tests.Support;

namespace Mom.Tests.Host;

[Trait("Group", "host")]
public sealed class FreezeTests
{
    [Fact]
    public async Task A_frozen_server_is_unhealthy_and_the_same_process_is_healthy_when_thawed()
    {
        await using var own = new PrivateSystem([ResourceNames.Redis]);
        await own.System.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var redis = own.System[ResourceNames.Redis];
        var pid = redis.Status.Pid;

        redis.Freeze();
        await Eventually.TrueAsync(() => Task.FromResult(redis.Status.State == ResourceState.Unhealthy), "a frozen server is seen to be unhealthy");

        redis.Thaw();
        await redis.WaitHealthyAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((pid, 0), (redis.Status.Pid, redis.Status.Restarts));

        // Stopped while it is frozen: nothing may hang, and nothing may be left.
        redis.Freeze();
        await redis.StopAsync();
        Assert.Empty(own.Pids);
    }
}
