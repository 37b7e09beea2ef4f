using Microsoft.Extensions.Logging.Abstractions;
using Mom.Contracts;
using Mom.Workers.Math;
using StackExchange.Redis;

namespace Mom.Tests.Unit.Workers;

[Trait("Group", "unit")]
public sealed class WantedRunTests
{
    [Fact]
    public async Task An_operation_that_is_done_takes_no_other_of_its_run_with_it_and_a_run_that_ends_all_that_are_at_work()
    {
        // Nothing listens there: what is cancelled is told by this test.
        await using var redis = await ConnectionMultiplexer.ConnectAsync(
            new ConfigurationOptions { EndPoints = { "127.0.0.1:1" }, AbortOnConnectFail = false, ConnectTimeout = 100, ConnectRetry = 0 });
        var runs = new CancelledRuns(redis, NullLogger<CancelledRuns>.Instance);
        var job = Guid.NewGuid();
        var done = await runs.WatchAsync(job, run: 1);
        using var second = await runs.WatchAsync(job, run: 1);
        using var third = await runs.WatchAsync(job, run: 1);
        using var later = await runs.WatchAsync(job, run: 2);
        done.Dispose();

        runs.Cancel(MomCacheKeys.CancelledRun(job, 1));

        Assert.Equal(
            [false, true, true, false],
            new[] { done, second, third, later }.Select(run => run.Cancelled.IsCancellationRequested));
    }
}
