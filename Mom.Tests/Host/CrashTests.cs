using Mom.LocalHost;
using Mom.LocalHost.Output;
using Mom.LocalHost.Processes;
using Mom.LocalHost.Resources;
using Mom.Tests.Support;

namespace Mom.Tests.Host;

[Trait("Group", "host")]
public sealed class CrashTests
{
    private readonly Dictionary<string, IReadOnlyList<string>> _configuration = new(StringComparer.Ordinal);

    [Fact]
    public async Task What_crashes_is_started_again()
    {
        await using var own = new PrivateSystem([ResourceNames.Redis], Hasty);
        await own.System.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var redis = own.System[ResourceNames.Redis];
        var pid = redis.Status.Pid!.Value;

        Signal.Kill.Send(pid);

        await Eventually.TrueAsync(() => Task.FromResult(redis.Status.Restarts == 1), "a crashed server is started again");
        await redis.WaitHealthyAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(pid, redis.Status.Pid);
    }

    [Fact]
    public async Task What_crashes_for_ever_is_reported_as_failed_with_its_last_words_and_does_not_spin()
    {
        _configuration[ResourceNames.Redis] = ["no-such-setting yes"];
        await using var own = new PrivateSystem([ResourceNames.Redis], Hasty);
        var redis = own.System[ResourceNames.Redis];

        var error = await Assert.ThrowsAsync<ResourceFailedException>(() => own.System.StartAsync());

        Assert.Equal("redis does not stay up: it ended by itself with exit code 1, 3 times in a row.", error.Message);
        Assert.Contains(LogTail.Read(error.Log), line => line.Contains("no-such-setting", StringComparison.Ordinal));
        Assert.Equal((ResourceState.Failed, 2), (redis.Status.State, redis.Status.Restarts));

        // The cause is gone: one start, and it is well.
        _configuration.Clear();
        await redis.RestartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await redis.WaitHealthyAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task One_replica_is_killed_and_the_other_does_not_notice()
    {
        await using var own = new PrivateSystem([ResourceNames.MathService], Hasty);
        await own.System.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var service = own.System[ResourceNames.MathService];
        await service.ScaleAsync(2);
        await service.WaitHealthyAsync(cancellationToken: TestContext.Current.CancellationToken);
        var before = service.Status.Instances;

        await service.KillAsync(2, TestContext.Current.CancellationToken);
        await service.WaitHealthyAsync(cancellationToken: TestContext.Current.CancellationToken);

        var after = service.Status.Instances;
        Assert.Equal((before[0].Pid, 0), (after[0].Pid, after[0].Restarts));
        Assert.NotEqual(before[1].Pid, after[1].Pid);
        Assert.Throws<LocalHostException>(() => service.Freeze(3));
    }

    // The third crash is the last that is waited for: after it comes a wait of an hour.
    private LocalSystemOptions Hasty(LocalSystemOptions options) => options with
    {
        ExtraConfiguration = _configuration,
        Backoff = new BackoffOptions
        {
            Initial = TimeSpan.FromMilliseconds(20),
            Factor = 400,
            Cap = TimeSpan.FromHours(1),
            FailedAfter = 3,
        },
    };
}
