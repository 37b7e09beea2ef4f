using System.Globalization;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Testing;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class JobActionTests(MomStack stack)
{
    private const string ZeroDivisor = """{"type":"math","details":[{"method":"add","numbers":"1,1"},{"method":"divide","numbers":"1,0"},{"method":"add","numbers":"2,2"}]}""";

    // At 0.1 to 0.5 s each it is still under way when somebody acts on it.
    private static readonly string LongJob =
        $$"""{"type":"math","details":[{{string.Join(',', Enumerable.Repeat("""{"method":"add","numbers":"1,1"}""", 20))}}]}""";

    [Fact]
    public async Task A_running_job_is_cancelled_stays_so_and_a_retry_finishes_it()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await user.CreateJobAsync(LongJob);
        await Eventually.TrueAsync(async () => (await user.GetAsync<Job>($"/job/{job.Id}")).Progress.Completed > 0, "the job should have a result");

        var cancelled = await user.PostAsync<Job>($"/job/{job.Id}/cancel");
        Assert.Equal((JobStatus.Cancelled, true), (cancelled.Status, cancelled.Done));
        Assert.Equal(JobStatus.Cancelled, (await user.PostAsync<Job>($"/job/{job.Id}/cancel")).Status);

        var retried = await user.PostAsync<Job>($"/job/{job.Id}/retry");
        Assert.Equal((JobStatus.Running, 2), (retried.Status, retried.Run));
        Assert.Equal(cancelled.Progress, retried.Progress);

        var done = await user.DoneAsync(job.Id);
        Assert.Equal(JobStatus.Succeeded, done.Status);
        Assert.All(done.Details, detail => Assert.Equal(("2", 1), (detail.Result, detail.Attempts)));
        Assert.Equal(409, await user.PostStatusAsync($"/job/{job.Id}/cancel"));
        Assert.Equal(409, await user.PostStatusAsync($"/job/{job.Id}/retry"));
    }

    // A worker that dies between its commit and its ack leaves a copy, which may come after whatever people have done meanwhile.
    [Theory]
    [InlineData("job.cancel.v1")]
    [InlineData("job.retry.v1")]
    public async Task A_command_that_is_delivered_once_more_does_nothing_to_a_later_run(string command)
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await user.CreateJobAsync(LongJob);
        var (id, body) = (Guid.NewGuid(), $$"""{"jobId":"{{job.Id}}","userId":"{{user.Session.Id}}"}""");
        if (command == "job.retry.v1")
        {
            await user.PostAsync<Job>($"/job/{job.Id}/cancel");
        }

        Assert.Equal("job.v1", await ForeignMessage.AskAsync(system, MomQueues.DbCommands, command, id, body));
        if (command == "job.retry.v1")
        {
            await user.PostAsync<Job>($"/job/{job.Id}/cancel");
        }

        var retried = await user.PostAsync<Job>($"/job/{job.Id}/retry");
        Assert.Equal("job.v1", await ForeignMessage.AskAsync(system, MomQueues.DbCommands, command, id, body));

        var done = await user.DoneAsync(job.Id);
        Assert.Equal((JobStatus.Succeeded, retried.Run), (done.Status, done.Run));
    }

    [Fact]
    public async Task A_command_that_was_refused_is_refused_once_more_when_its_job_has_changed_meanwhile()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await user.CreateJobAsync(LongJob);
        var (id, body) = (Guid.NewGuid(), $$"""{"jobId":"{{job.Id}}","userId":"{{user.Session.Id}}"}""");
        Assert.Equal("mom.refusal.v1", await ForeignMessage.AskAsync(system, MomQueues.DbCommands, "job.retry.v1", id, body));

        var cancelled = await user.PostAsync<Job>($"/job/{job.Id}/cancel");
        Assert.Equal("mom.refusal.v1", await ForeignMessage.AskAsync(system, MomQueues.DbCommands, "job.retry.v1", id, body));
        Assert.Equal((JobStatus.Cancelled, cancelled.Version), await StateAsync());
        // Another command is not that one.
        Assert.Equal("job.v1", await ForeignMessage.AskAsync(system, MomQueues.DbCommands, "job.retry.v1", Guid.NewGuid(), body));
        await user.PostAsync<Job>($"/job/{job.Id}/cancel");

        async Task<(JobStatus Status, long Version)> StateAsync()
        {
            var now = await user.GetAsync<Job>($"/job/{job.Id}");
            return (now.Status, now.Version);
        }
    }

    [Fact]
    public async Task A_retry_of_a_failed_job_does_only_what_has_no_result()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await user.CreateJobAsync(ZeroDivisor);
        Assert.Equal(JobStatus.Failed, (await user.DoneAsync(job.Id)).Status);

        await user.PostAsync<Job>($"/job/{job.Id}/retry");
        var again = await user.DoneAsync(job.Id);
        Assert.Equal((JobStatus.Failed, 2), (again.Status, again.Run));
        Assert.Equal([1, 2, 0], again.Details.Select(detail => detail.Attempts));
    }

    [Fact]
    public async Task Somebody_elses_job_is_not_there_to_be_acted_on()
    {
        var system = await stack.SystemAsync();
        using var ann = await ApiUser.RegisterAsync(system.Api);
        using var bob = await ApiUser.RegisterAsync(system.Api);
        var job = await ann.CreateJobAsync(LongJob);

        Assert.Equal(404, await bob.PostStatusAsync($"/job/{job.Id}/cancel"));
        Assert.Equal(404, await bob.PostStatusAsync($"/job/{job.Id}/retry"));
        Assert.Equal(409, await ann.PostStatusAsync($"/job/{job.Id}/retry"));
        await ann.PostAsync<Job>($"/job/{job.Id}/cancel");
    }

    [Fact]
    public async Task A_scheduled_job_waits_for_its_time_even_when_the_db_worker_dies()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        // Late enough for the order to be there before it on a machine that is busy with other things.
        var runAt = DateTimeOffset.UtcNow.AddSeconds(10);
        var job = await user.CreateJobAsync(OneOperation(runAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        Assert.Equal((JobStatus.Scheduled, false), (job.Status, job.Done));

        await system.KillAsync(ResourceNames.DbWorker);
        await system.StartAsync(ResourceNames.DbWorker);

        var done = await user.DoneAsync(job.Id);
        Assert.Equal(JobStatus.Succeeded, done.Status);
        Assert.True(done.UpdatedAt >= job.RunAt, $"It should not be done before {job.RunAt:O}, but was at {done.UpdatedAt:O}.");
    }

    [Fact]
    public async Task A_scheduled_job_can_be_cancelled_and_one_whose_time_has_just_passed_starts_at_once()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var later = await user.CreateJobAsync(OneOperation("2027-05-05T05:05:05+02:00"));
        Assert.Equal(JobStatus.Scheduled, later.Status);
        Assert.Equal(JobStatus.Cancelled, (await user.PostAsync<Job>($"/job/{later.Id}/cancel")).Status);

        var past = await user.CreateJobAsync(OneOperation(DateTimeOffset.UtcNow.AddMinutes(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        Assert.Equal(JobStatus.Succeeded, (await user.DoneAsync(past.Id)).Status);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("2027-05-05T05:05:05")]
    [InlineData("2999-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public async Task A_time_that_is_none_is_refused_with_400(string runAt)
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        Assert.Equal(400, await user.PostStatusAsync("/job", OneOperation(runAt)));
    }

    [Fact]
    public async Task A_number_that_is_too_long_to_be_factored_is_refused_with_400()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        Assert.Equal(400, await user.PostStatusAsync("/job", Factors(301)));
        Assert.Equal(201, await user.PostStatusAsync("/job", Factors(300)));
    }

    private static string OneOperation(string runAt) => $$"""{"type":"math","runAt":"{{runAt}}","details":[{"method":"add","numbers":"1,1"}]}""";

    private static string Factors(int digits) => $$"""{"type":"math","details":[{"method":"factors","numbers":["1{{new string('0', digits - 1)}}"]}]}""";
}
