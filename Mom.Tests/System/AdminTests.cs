using System.Net.Http.Json;
using System.Text.Json;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Tests.Support;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class AdminTests(MomStack stack)
{
    [Fact]
    public async Task The_overview_has_every_part_of_the_system()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        SystemOverview overview = null!;
        await Eventually.TrueAsync(
            async () => (overview = await admin.GetAsync<SystemOverview>("/admin/overview")).Workers is { Count: >= 2 } workers
                && workers.SelectMany(worker => worker.Consumers).Any(consumer => consumer is { Queue: MomQueues.MathSteps, State: "consuming" }),
            "both workers should be there, with the queues that they consume");
        Assert.Empty(overview.Problems);
        Assert.True(overview.Database!.Users > 0);
        Assert.Equal(["db.commands", "db.queries", "math.steps", "socket.notifications", "text.steps"], overview.Queues!.Select(queue => queue.Name).Order());
        Assert.Equal(["db", "math", "text"], overview.Workers!.SelectMany(worker => worker.Roles).Distinct().Order());
    }

    [Fact]
    public async Task Every_route_of_administrators_is_described()
    {
        var system = await stack.SystemAsync();
        using var http = new HttpClient { BaseAddress = new Uri(system.Api) };
        var paths = (await http.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("paths");
        foreach (var path in new[] { "/job/{id}/cancel", "/admin/overview", "/admin/ledger", "/admin/queues", "/admin/workers/{queue}/drain", "/admin/jobs", "/admin/users", "/admin/dead-letters", "/admin/dead-letters/operations/{id}" })
        {
            Assert.True(paths.TryGetProperty(path, out _), $"OpenAPI should know {path}.");
        }
    }

    [Fact]
    public async Task The_ledger_counts_what_is_there_and_finds_a_dead_letter()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        var before = await admin.GetAsync<SystemLedger>("/admin/ledger");
        await user.DoneAsync((await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""")).Id);
        await ForeignMessage.PublishAsync(system, MomQueues.DbCommands, "job.create.v999", "{}");

        SystemLedger after = null!;
        await Eventually.TrueAsync(
            async () => (after = await admin.GetAsync<SystemLedger>("/admin/ledger")).Database.DeadLetters > before.Database.DeadLetters, "the dead letter should be counted");
        Assert.Equal(before.Database.Jobs + 1, after.Database.Jobs);
        Assert.Equal((0, 0, 0), (after.Database.SucceededWithoutResult, after.Database.EndedWithoutNotification, after.Database.SucceededTwice));
        Assert.False(after.Balances);
        Assert.Contains(after.Findings, finding => finding.Contains("/admin/dead-letters", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Jobs_and_users_of_everybody_are_found()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""");

        var found = Assert.Single(await admin.GetAsync<IReadOnlyList<AdminJob>>($"/admin/jobs?text={job.Id}"));
        Assert.Equal((job.Id, user.Email), (found.Job.Id, found.Email));
        var known = Assert.Single(await admin.GetAsync<IReadOnlyList<AdminUser>>($"/admin/users?text={user.Email}"));
        Assert.Equal((user.Session.Id, "user", 1), (known.User.Id, known.Role, known.Jobs));
    }

    [Fact]
    public async Task A_drained_queue_is_worked_on_again_after_it_is_resumed()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        Job job;
        try
        {
            var drained = await admin.PostAsync<IReadOnlyList<WorkerStatus>>("/admin/workers/math.steps/drain");
            Assert.All(drained, worker => Assert.Contains(worker.Consumers, consumer => consumer is { Queue: MomQueues.MathSteps, State: "paused", InFlight: 0 }));
            job = await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""");
            await Eventually.TrueAsync(async () => (await MathStepsAsync(admin)) is { Ready: 1, Paused: true }, "the step should wait in its queue");
        }
        finally
        {
            await admin.PostAsync<IReadOnlyList<WorkerStatus>>("/admin/workers/math.steps/resume");
        }

        Assert.Equal(JobStatus.Succeeded, (await user.DoneAsync(job.Id)).Status);
        Assert.False((await MathStepsAsync(admin)).Paused);
        Assert.Equal(404, await admin.PostStatusAsync("/admin/workers/nonsense/pause"));
    }

    private static async Task<QueueStatus> MathStepsAsync(ApiUser admin) =>
        (await admin.GetAsync<IReadOnlyList<QueueStatus>>("/admin/queues")).Single(queue => queue.Name == MomQueues.MathSteps);
}
