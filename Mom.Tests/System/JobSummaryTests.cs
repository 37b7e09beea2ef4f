using System.Net;
using Mom.Contracts.Jobs;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

/// <summary>A user's jobs in numbers and in another order; only their own.</summary>
[Trait("Group", "system")]
public sealed class JobSummaryTests(MomStack stack)
{
    private const string Sum = """{"type":"math","details":[{"method":"add","numbers":"1,2,3"},{"method":"multiply","numbers":"6,7"}]}""";
    private const string ZeroDivisor = """{"type":"math","details":[{"method":"divide","numbers":"1,0"}]}""";

    [Fact]
    public async Task A_user_sees_counts_times_and_what_waits_of_their_own_jobs_and_of_nobody_elses()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        using var another = await ApiUser.RegisterAsync(system.Api);
        var runAt = DateTimeOffset.UtcNow.AddHours(1);
        var scheduled = await user.CreateJobAsync($$"""{"type":"math","runAt":"{{runAt:yyyy-MM-ddTHH:mm:ssZ}}","details":[{"method":"add","numbers":"1,1"}]}""");
        var job = await user.DoneAsync((await user.CreateJobAsync(Sum)).Id);
        await user.DoneAsync((await user.CreateJobAsync(ZeroDivisor)).Id);
        await another.DoneAsync((await another.CreateJobAsync(Sum)).Id);

        var summary = await user.GetAsync<JobSummary>("/job/summary");
        Assert.Equal((1, 1, 1, 0, 0), (summary.Counts["succeeded"], summary.Counts["failed"], summary.Counts["scheduled"], summary.Counts["queued"], summary.Counts["cancelled"]));
        Assert.Equal((3, 1, 1), (summary.LastHour.Sum(minute => minute.Created), summary.LastHour.Sum(minute => minute.Succeeded), summary.LastHour.Sum(minute => minute.Failed)));
        Assert.Equal(scheduled.RunAt, summary.NextRunAt);
        Assert.Equal((0, 0, false), (summary.WaitForTurn, summary.WaitForWorker, summary.Paused));
        Assert.True(summary.RunningSeconds > 0, "The math service takes its time.");
        Assert.True(summary.WaitingSeconds >= 0, "There is a time of waiting.");
        Assert.Equal(1, (await user.GetAsync<JobSummary>("/job/summary?text=multiply")).Counts.Values.Sum());

        Assert.All(job.Details, detail =>
        {
            Assert.True(detail.QueuedAt >= job.CreatedAt, "Queued after it was created.");
            Assert.True(detail.FinishedAt > detail.QueuedAt, "Finished after it was queued.");
            Assert.NotNull(detail.StartedAt);
        });
        Assert.True(job.Details[1].QueuedAt >= job.Details[0].FinishedAt, "An operation is queued when the one before it is done.");
    }

    [Fact]
    public async Task A_list_is_ordered_as_its_reader_likes()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var first = await user.DoneAsync((await user.CreateJobAsync(Sum)).Id);
        var second = await user.DoneAsync((await user.CreateJobAsync(ZeroDivisor)).Id);
        await user.PostAsync<Job>($"/job/{second.Id}/retry");
        await user.DoneAsync(second.Id);

        Assert.Equal([second.Id, first.Id], await IdsAsync(""));
        Assert.Equal([second.Id, first.Id], await IdsAsync("?sort=newest"));
        Assert.Equal([first.Id, second.Id], await IdsAsync("?sort=oldest"));
        Assert.Equal([second.Id, first.Id], await IdsAsync("?sort=changed"));
        Assert.Equal([second.Id, first.Id], await IdsAsync("?sort=State"));
        using var refused = await user.Http.GetAsync(new Uri("/job/my?sort=prettiest", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        async Task<IEnumerable<Guid>> IdsAsync(string query) => (await user.GetAsync<IReadOnlyList<Job>>("/job/my" + query)).Select(job => job.Id);
    }
}
