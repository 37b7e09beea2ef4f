using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Testing;
using Mom.Tests.Support;
using RabbitMQ.Client;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class ReconcileTests(MomStack stack)
{
    [Fact]
    public async Task A_job_whose_message_was_lost_is_found_and_queued_anew()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await LoseAsync(system, user);

        var done = await user.DoneAsync(job.Id);
        Assert.Equal((JobStatus.Succeeded, "2", 1), (done.Status, done.Details[0].Result, done.Run));
        Assert.Contains("Nothing was heard", done.Reconciled, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_queues_a_job_anew_without_waiting()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await LoseAsync(system, user);

        var queued = await admin.PostAsync<AdminJob>($"/admin/jobs/{job.Id}/reconcile");
        Assert.Equal((user.Email, 1), (queued.Email, queued.Reconciliations));
        Assert.Contains(admin.Email, queued.Job.Reconciled, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Succeeded, (await user.DoneAsync(job.Id)).Status);

        Assert.Equal(409, await admin.PostStatusAsync($"/admin/jobs/{job.Id}/reconcile"));
        Assert.Equal(404, await admin.PostStatusAsync($"/admin/jobs/{Guid.NewGuid()}/reconcile"));
    }

    // As when the broker's disk is lost while the step waits in its queue.
    private static async Task<Job> LoseAsync(RunningSystem system, ApiUser user)
    {
        await system.StopAsync(ResourceNames.MathWorker, StopMode.Kill);
        var job = await user.CreateJobAsync("""{"type":"math","details":[{"method":"add","numbers":"1,1"}]}""");
        await using var connection = await new ConnectionFactory { Uri = new Uri(system.Connections.RabbitMq) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await Eventually.TrueAsync(async () => await channel.QueuePurgeAsync(MomQueues.MathSteps) > 0, "the step should be in its queue");
        await system.StartAsync(ResourceNames.MathWorker);
        return job;
    }
}
