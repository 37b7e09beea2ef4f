using System.Net;
using Mom.Contracts.Jobs;
using Mom.Contracts.Notifications;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class JobFlowTests(MomStack stack)
{
    private const string ThreeOperations =
        """{"type":"math","details":[{"method":"add","numbers":"1,2,3"},{"method":"factors","numbers":[360,97]},{"method":"divide","numbers":["1","8"]}]}""";

    [Fact]
    public async Task A_job_goes_from_the_api_through_every_service_back_to_the_user()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        await using var socket = await Listener.ConnectAsync(system.Socket, user);

        var job = await user.CreateJobAsync(ThreeOperations);
        Assert.Equal(JobStatus.Queued, job.Status);

        var seen = new List<Job>();
        await foreach (var change in socket.Jobs.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            seen.Add(change);
            if (change.Done)
            {
                break;
            }
        }

        Assert.Equal(["6", "2,2,2,3,3,5;97", "0.125"], seen[^1].Details.Select(detail => detail.Result));
        Assert.Contains(seen, change => change.Status == JobStatus.Running && change.Progress.Completed is 1 or 2);
        var notification = await socket.Notifications.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("job.succeeded", job.Id), (notification.Kind, notification.JobId!.Value));

        var mine = await user.GetAsync<IReadOnlyList<Job>>("/job/my");
        Assert.Equal(JobStatus.Succeeded, Assert.Single(mine).Status);
    }

    [Fact]
    public async Task A_job_of_texts_is_done_by_the_worker_itself_until_one_has_no_result()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await user.CreateJobAsync(
            """{"type":"text","details":[{"method":"words","text":"to be, or not to be"},{"method":"reverse","text":"e\u0301a"},{"method":"longest","text":"?!"}]}""");
        Assert.Equal(("text", "to be, or not to be", 0), (job.Type, job.Details[0].Text, job.Details[0].Numbers.Count));

        var done = await user.DoneAsync(job.Id);
        Assert.Equal(JobStatus.Failed, done.Status);
        Assert.Equal(["6", "ae\u0301", null], done.Details.Select(detail => detail.Result));
        Assert.Equal(("There is no word in the text.", 1), (done.Details[2].Error, done.Details[2].Attempts));
        Assert.Equal(job.Id, Assert.Single(await user.GetAsync<IReadOnlyList<Job>>("/job/my?text=be,%20or")).Id);
    }

    [Fact]
    public async Task Who_was_away_finds_the_result_unread_at_the_next_login()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await user.CreateJobAsync("""{"type":"math","details":[{"method":"multiply","numbers":"99999999999999999999,3"}]}""");
        await user.DoneAsync(job.Id);

        await user.LoginAsync();
        var unread = Assert.Single(await user.GetAsync<IReadOnlyList<Notification>>("/notification?unread=true"));
        Assert.Equal(job.Id, unread.JobId);

        using var marked = await user.PostAsync("/notification/read", "{}");
        Assert.Equal(HttpStatusCode.Accepted, marked.StatusCode);
        await Eventually.TrueAsync(
            async () => (await user.GetAsync<IReadOnlyList<Notification>>("/notification?unread=true")).Count == 0,
            "the notification should be read");
    }

    [Fact]
    public async Task A_zero_divisor_fails_the_job_and_the_worker_goes_on()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);

        var bad = await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,1"},{"method":"divide","numbers":"1,0"},{"method":"add","numbers":"2,2"}]}""");
        var failed = await user.DoneAsync(bad.Id);
        Assert.Equal(JobStatus.Failed, failed.Status);
        Assert.Equal(["2", null, null], failed.Details.Select(detail => detail.Result));
        Assert.NotNull(failed.Details[1].Error);
        Assert.Equal(1, failed.Details[1].Attempts);

        var good = await user.CreateJobAsync("""{"type":"math","details":[{"method":"subtract","numbers":"1,0.1"}]}""");
        Assert.Equal("0.9", (await user.DoneAsync(good.Id)).Details[0].Result);
    }

    [Fact]
    public async Task The_same_idempotency_key_makes_one_job()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        user.Http.DefaultRequestHeaders.Add("Idempotency-Key", "once");

        var jobs = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => user.CreateJobAsync(ThreeOperations)));
        Assert.Single(jobs.Select(job => job.Id).Distinct());
        Assert.Single(await user.GetAsync<IReadOnlyList<Job>>("/job/my"));

        using var other = await user.PostAsync("/job", """{"type":"math","details":[{"method":"add","numbers":"1"}]}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task A_job_survives_the_death_of_both_workers()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await user.CreateJobAsync(ThreeOperations);

        await system.KillAsync(ResourceNames.MathWorker);
        await system.KillAsync(ResourceNames.DbWorker);
        await system.StartAsync(ResourceNames.DbWorker);
        await system.StartAsync(ResourceNames.MathWorker);
        await system.HealthyAsync(ResourceNames.DbWorker);

        Assert.Equal(["6", "2,2,2,3,3,5;97", "0.125"], (await user.DoneAsync(job.Id)).Details.Select(detail => detail.Result));
    }
}
