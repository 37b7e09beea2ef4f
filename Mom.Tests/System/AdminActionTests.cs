using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class AdminActionTests(MomStack stack)
{
    private const string Tomorrow = """{"type":"math","details":[{"method":"add","numbers":"1,1"}],"runAt":"AT"}""";

    [Fact]
    public async Task An_administrator_cancels_and_retries_the_job_of_somebody_else()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await user.CreateJobAsync(Tomorrow.Replace("AT", $"{DateTimeOffset.UtcNow.AddDays(1):O}", StringComparison.Ordinal));

        Assert.Equal(JobStatus.Cancelled, (await admin.PostAsync<Job>($"/admin/jobs/{job.Id}/cancel")).Status);
        Assert.Equal(JobStatus.Cancelled, (await user.GetAsync<Job>($"/job/{job.Id}")).Status);
        Assert.Equal(JobStatus.Scheduled, (await admin.PostAsync<Job>($"/admin/jobs/{job.Id}/retry")).Status);
        Assert.Equal(404, await admin.PostStatusAsync($"/admin/jobs/{Guid.NewGuid()}/cancel"));
    }

    [Fact]
    public async Task A_worker_that_is_drained_takes_no_message_until_it_is_resumed_and_says_its_version()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        WorkerStatus math = null!;
        await Eventually.TrueAsync(
            async () => (await WorkersAsync(admin)).FirstOrDefault(worker => worker.Roles.Contains("math")) is { Consumers: [{ State: "consuming" }, ..] } found && (math = found) is not null,
            "a math worker should consume");
        Assert.False(string.IsNullOrEmpty(math.Version));
        Job job;
        try
        {
            Assert.True((await admin.PostAsync<WorkerStatus>($"/admin/workers/instances/{math.Instance}/drain")).Drained);
            await Eventually.TrueAsync(
                async () => (await WorkersAsync(admin)).Any(worker => worker.Instance == math.Instance && worker.Drained && worker.Consumers.All(consumer => consumer.State is "paused")),
                "the worker should be drained");
            job = await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""");
            Assert.False((await admin.GetAsync<SystemOverview>("/admin/overview")).Queues!.Single(queue => queue.Name is "math.steps").Paused);
            Assert.Equal(404, await admin.PostStatusAsync("/admin/workers/instances/nobody/drain"));
        }
        finally
        {
            await admin.PostAsync<WorkerStatus>($"/admin/workers/instances/{math.Instance}/resume");
        }

        Assert.Equal(JobStatus.Succeeded, (await user.DoneAsync(job.Id)).Status);
    }

    [Fact]
    public async Task Sessions_that_an_administrator_ends_are_over_at_the_next_request()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var elsewhere = await ApiUser.LoginAsync(system.Api, user.Email);

        Assert.Equal(2, (await admin.PostAsync<Mom.Contracts.Users.EndedSessions>($"/admin/users/{user.Session.Id}/end-sessions")).Ended);

        foreach (var one in new[] { user, elsewhere })
        {
            using var answer = await one.Http.GetAsync(new Uri("/auth-test", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(401, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_math_service_is_made_slow_and_quick_again()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        var before = (await admin.GetAsync<DemoStatus>("/admin/demo")).Math!;
        try
        {
            await SetAsync(admin, """{"minimumSeconds":0.2,"maximumSeconds":0.3,"failureRate":0}""", 200);
            Assert.Equal(new DemoMath(0.2, 0.3, 0), (await admin.GetAsync<DemoStatus>("/admin/demo")).Math);
            await SetAsync(admin, """{"minimumSeconds":2,"maximumSeconds":1,"failureRate":0}""", 400);
            await SetAsync(admin, """{"minimumSeconds":0,"maximumSeconds":1,"failureRate":2}""", 400);
        }
        finally
        {
            await SetAsync(admin, global::System.Text.Json.JsonSerializer.Serialize(before, Mom.Contracts.Json.MomJsonContext.Default.DemoMath), 200);
        }
    }

    private static Task<IReadOnlyList<WorkerStatus>> WorkersAsync(ApiUser admin) => admin.GetAsync<IReadOnlyList<WorkerStatus>>("/admin/workers");

    private static async Task SetAsync(ApiUser admin, string json, int status)
    {
        using var body = new StringContent(json, global::System.Text.Encoding.UTF8, "application/json");
        using var answer = await admin.Http.PutAsync(new Uri("/admin/demo/math", UriKind.Relative), body, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
    }
}
