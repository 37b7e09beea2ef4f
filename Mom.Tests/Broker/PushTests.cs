using Microsoft.Extensions.DependencyInjection;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.Errors;
using Mom.Messaging.Outbox;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;
using Mom.Workers.Database.Reconciling;

namespace Mom.Tests.Broker;

/// <summary>Events that tell a user's pages of a job, and a queue for them that is gone or full.</summary>
[Trait("Group", "broker")]
public sealed class PushTests(DataServers servers)
{
    private static readonly OutboxOptions Options = new() { MaxAttempts = 1, PollInterval = TimeSpan.FromSeconds(0.1) };

    [Fact]
    public async Task A_job_goes_on_when_there_is_no_queue_for_its_pushes()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        await using var engine = await EngineHost.StartAsync(broker, messaging => Configure(messaging, database));
        await broker.DeleteQueueAsync(MomQueues.SocketNotifications);

        await AnnounceAndSendAsync(engine, await AddJobAsync(database));

        await OutboxTests.EmptyAsync(database);
        Assert.Equal(1u, await broker.CountAsync(MomQueues.MathSteps));
    }

    [Fact]
    public async Task A_job_goes_on_and_is_reconciled_while_the_queue_of_pushes_refuses_them()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        // Of the kind that refuses, not of the one that drops its oldest.
        var topology = MomTopology.Default with { Queues = [.. MomTopology.Default.Queues.Select(queue => queue with { Limits = null })] };
        await using var engine = await EngineHost.StartAsync(broker, messaging => Configure(messaging, database), topology);
        await broker.SetPolicyAsync(MomQueues.SocketNotifications, new() { ["max-length"] = 1, ["overflow"] = "reject-publish" });
        await Assert.ThrowsAsync<MessageRefusedException>(async () =>
        {
            // The policy takes effect a moment after it was set.
            for (var each = 0; each < 10_000; each++)
            {
                await engine.Publisher.PublishAsync(Events.JobChanged());
            }
        });
        var job = await AddJobAsync(database);

        await AnnounceAndSendAsync(engine, job);
        await Eventually.TrueAsync(async () => await broker.CountAsync(MomQueues.MathSteps) == 1, "the operation should be sent");
        // Its row goes a moment after the broker's confirm; those of the pushes stay, and none is charged an attempt.
        await Eventually.TrueAsync(async () => await database.CountAsync("outbox") == 2, "the pushes alone should be left");
        Assert.Equal(2, await database.CountAsync("outbox where dead_at is null and attempts = 0"));

        Assert.Equal(1, await RequeueAsync(engine));
        await Eventually.TrueAsync(async () => await broker.CountAsync(MomQueues.MathSteps) == 2, "the operation should be queued again");
        Assert.Equal(0, await database.CountAsync("outbox where dead_at is not null"));
    }

    private static void Configure(Messaging.MessagingBuilder messaging, TestDatabase database)
    {
        messaging.WithOutbox(database, Options);
        messaging.Services.AddJobChanges();
        messaging.Services.AddScoped<JobRequeue>();
    }

    // The pushes first: what they would hold up comes after them.
    private static async Task AnnounceAndSendAsync(EngineHost engine, Guid id)
    {
        await using var scope = engine.Services.CreateAsyncScope();
        var changes = scope.ServiceProvider.GetRequiredService<JobChanges>();
        await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunAsync(
            async () =>
            {
                var job = (await changes.LockAsync(id, CancellationToken.None))!;
                changes.Announce(job);
                await changes.FollowAsync(job, CancellationToken.None);
            },
            CancellationToken.None);
    }

    private static async Task<int> RequeueAsync(EngineHost engine)
    {
        await using var scope = engine.Services.CreateAsyncScope();
        var count = 0;
        await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunAsync(
            async () => count = await scope.ServiceProvider.GetRequiredService<JobRequeue>().RequeueAsync(TimeSpan.Zero, _ => "Requested by the test.", CancellationToken.None),
            CancellationToken.None);
        return count;
    }

    private static async Task<Guid> AddJobAsync(TestDatabase database)
    {
        await using var context = database.Context();
        var user = new UserRow { Id = Guid.NewGuid(), FirstName = "Ann", LastName = "Lee", Email = "ann@example.org", PasswordHash = "none", Role = "user" };
        var job = new JobRow
        {
            Id = Guid.NewGuid(),
            UserId = user.Id,
            Type = "math",
            Status = JobStatus.Queued,
            Steps = [new JobStepRow { Method = "add", Numbers = ["1", "1"] }],
        };
        context.AddRange(user, job);
        await context.SaveChangesAsync();
        return job.Id;
    }
}
