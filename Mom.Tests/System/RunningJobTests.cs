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

    private static async Task SetAsync(HttpClient math, string settings)
    {
        using var answer = await math.PutAsync("/settings", new StringContent(settings, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
