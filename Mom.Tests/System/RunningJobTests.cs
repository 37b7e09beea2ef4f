using Mom.Contracts.Jobs;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class RunningJobTests(MomStack stack)
{
    [Fact]
    public async Task A_job_is_running_as_soon_as_a_worker_has_taken_its_first_operation()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var math = new HttpClient { BaseAddress = new Uri(system.MathService) };
        var before = await math.GetStringAsync("/settings", TestContext.Current.CancellationToken);
        await SetAsync(math, """{"minimumDelay":"00:00:15","maximumDelay":"00:00:15"}""");
        try
        {
            var job = await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,2"}]}""");
            Job seen = job;
            await Eventually.TrueAsync(async () => (seen = await user.GetAsync<Job>($"/job/{job.Id}")).Status != JobStatus.Queued, "the job should not be queued any more");
            Assert.Equal((JobStatus.Running, 0, null), (seen.Status, seen.Progress.Completed, seen.Details[0].Result));
            Assert.Equal(JobStatus.Cancelled, (await user.PostAsync<Job>($"/job/{job.Id}/cancel")).Status);
        }
        finally
        {
            await SetAsync(math, before);
        }
    }

    [Fact]
    public async Task Each_state_of_a_job_has_a_version_and_the_last_one_the_highest()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        await using var listener = await Listener.ConnectAsync(system.Socket, user);
        var job = await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,2"},{"method":"add","numbers":"3,4"}]}""");
        await listener.DoneAsync(job.Id);
        var done = await user.GetAsync<Job>($"/job/{job.Id}");

        List<Job> states = [job];
        while (listener.Jobs.Reader.TryRead(out var pushed))
        {
            states.Add(pushed);
        }

        Assert.True(job.Version >= 1, $"The first state should have a version, but has {job.Version}.");
        Assert.All(states, state => Assert.Equal(state.Done, state.Version == done.Version));
        Assert.All(states, state => Assert.True(state.Version <= done.Version, $"{state.Status} has {state.Version}, the end {done.Version}"));
        // One state for each version: queued, perhaps running, one result, two results.
        Assert.All(states.GroupBy(state => state.Version), same => Assert.Single(same.Select(state => (state.Status, state.Progress)).Distinct()));
    }

    private static async Task SetAsync(HttpClient math, string settings)
    {
        using var answer = await math.PutAsync("/settings", new StringContent(settings, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
