using System.Diagnostics;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.LocalHost;
using Mom.LocalHost.Processes;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class OutageTests(MomStack stack)
{
    private const string ThreeOperations =
        """{"type":"math","details":[{"method":"add","numbers":"1,1"},{"method":"add","numbers":"1,1"},{"method":"add","numbers":"1,1"}]}""";

    [Fact]
    public async Task While_postgres_is_away_everything_waits_and_nothing_costs_an_attempt()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Urls.Api);
        var before = await user.CreateJobAsync(ThreeOperations);
        await system[ResourceNames.Postgres].StopAsync(StopMode.Kill);
        try
        {
            var clock = Stopwatch.StartNew();
            using var read = await user.Http.GetAsync(new Uri("/job/my", UriKind.Relative));
            Assert.Equal(503, (int)read.StatusCode);
            Assert.Equal(202, await user.PostStatusAsync("/job", ThreeOperations));
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(25), $"Both answers should come in time, but took {clock.Elapsed}.");
            var queues = await admin.GetAsync<IReadOnlyList<QueueStatus>>("/admin/queues");
            Assert.Equal((0, 0), Troubles(queues));
        }
        finally
        {
            await system[ResourceNames.Postgres].StartAsync();
            await system[ResourceNames.Postgres].WaitHealthyAsync();
        }

        await user.DoneAsync(before.Id);
        IReadOnlyList<Job> jobs = [];
        await Eventually.TrueAsync(async () => (jobs = await user.GetAsync<IReadOnlyList<Job>>("/job/my")) is [{ Done: true }, { Done: true }], "both jobs should be done");
        Assert.All(jobs, job => Assert.Equal(JobStatus.Succeeded, job.Status));
        foreach (var job in jobs)
        {
            Assert.Empty(await admin.GetAsync<IReadOnlyList<DeadLetter>>($"/admin/dead-letters?text={job.Id}"));
        }
    }

    [Fact]
    public async Task While_redis_is_away_nobody_is_let_in_and_jobs_go_on()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Urls.Api);
        var job = await user.CreateJobAsync(ThreeOperations);
        await system[ResourceNames.Redis].StopAsync(StopMode.Kill);
        try
        {
            using var answer = await user.Http.GetAsync(new Uri($"/job/{job.Id}", UriKind.Relative));
            Assert.Equal((503, true), ((int)answer.StatusCode, answer.Headers.RetryAfter is not null));
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
        finally
        {
            await system[ResourceNames.Redis].StartAsync();
            await system[ResourceNames.Redis].WaitHealthyAsync();
        }

        await Eventually.TrueAsync(async () => await user.PostStatusAsync("/login", $$"""{"email":"{{user.Email}}","password":"correct horse"}""") == 200, "the user can log in again");
        await user.LoginAsync();
        Assert.Equal(JobStatus.Succeeded, (await user.DoneAsync(job.Id)).Status);
    }

    private static (long Retrying, long Dead) Troubles(IReadOnlyList<QueueStatus> queues)
    {
        var commands = queues.Single(queue => queue.Name == MomQueues.DbCommands);
        return (commands.Retrying, commands.Dead);
    }
}
