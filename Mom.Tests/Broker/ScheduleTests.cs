using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Messaging.Consuming;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Jobs.Batches;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Broker;

/// <summary>Jobs with a time, and db workers whose clocks disagree.</summary>
[Trait("Group", "broker")]
public sealed class ScheduleTests(DataServers servers)
{
    private const int Jobs = 250;
    private static readonly DateTimeOffset Noon = new(2027, 10, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Three_workers_whose_clocks_differ_by_an_hour_start_each_job_once()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        await database.AddJobsAsync(JobStatus.Scheduled, Jobs, Noon);
        await using var engine = EngineHost.Create(broker, messaging =>
        {
            messaging.WithOutbox(database);
            messaging.Services.AddJobChanges();
        });
        List<FakeTimeProvider> clocks = [new(Noon.AddHours(-1)), new(Noon), new(Noon.AddSeconds(1))];
        var schedulers = clocks.Select(clock =>
            new JobScheduler(engine.Services.GetRequiredService<IServiceScopeFactory>(), clock, NullLogger<JobScheduler>.Instance)).ToList();
        await Task.WhenAll(schedulers.Select(scheduler => scheduler.StartAsync(CancellationToken.None)));
        await Eventually.TrueAsync(async () => await ScheduledAsync(database) == 0, "all should be started");

        // For each worker, whatever it believes, the time comes once more.
        clocks.ForEach(clock => clock.Advance(TimeSpan.FromHours(2)));
        await Task.WhenAll(schedulers.Select(scheduler => scheduler.StopAsync(CancellationToken.None)));
        Assert.Equal(Jobs, await database.CountAsync("jobs where status = 'Queued'"));
        // The first operation and the event of each.
        Assert.Equal(2 * Jobs, await database.CountAsync("outbox"));
    }

    [Fact]
    public async Task States_of_a_job_are_numbered_in_the_order_of_their_commits_whatever_the_clocks_of_two_workers_say()
    {
        await using var broker = await servers.VirtualHostAsync();
        await using var database = await servers.DatabaseAsync();
        var job = (await database.AddJobsAsync(JobStatus.Queued))[0];
        await ChangeAsync(broker, database, job, Noon, (row, now) => JobTransitions.Begin(row, run: 1, 0, now));
        await ChangeAsync(broker, database, job, Noon.AddHours(-1), (row, now) => JobTransitions.Succeed(row, run: 1, 0, "2", attempts: 1, now));

        var states = (await database.QueryAsync<byte[]>("select body from outbox where type = 'job.changed.v1' order by id"))
            .Select(body => JsonSerializer.Deserialize(body, MomJsonContext.Default.JobChanged)!.Job).ToList();
        Assert.Equal([(JobStatus.Running, 2), (JobStatus.Succeeded, 3)], states.Select(state => (state.Status, state.Version)));
        Assert.True(states[1].UpdatedAt < states[0].UpdatedAt);
        Assert.Equal((true, false), (states[1].IsNewerThan(states[0]), states[0].IsNewerThan(states[1])));
        Assert.Equal([3L], await database.QueryAsync<long>("select version from jobs"));
    }

    // A worker of its own, whose relay does not run.
    private static async Task ChangeAsync(VirtualHost broker, TestDatabase database, Guid job, DateTimeOffset clock, Func<JobRow, DateTimeOffset, bool> change)
    {
        await using var engine = EngineHost.Create(broker, messaging =>
        {
            messaging.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(clock));
            messaging.WithOutbox(database);
            messaging.Services.AddJobChanges();
            messaging.Services.AddScoped<JobTransaction>();
            messaging.Services.AddScoped<JobOutcomes>();
        });
        await using var scope = engine.Services.CreateAsyncScope();
        var context = new MessageContext(Guid.NewGuid(), MomQueues.DbCommands, Attempt: 1, MaxAttempts: 1, clock);
        await scope.ServiceProvider.GetRequiredService<JobOutcomes>().ApplyAsync([new JobReport(job, context, change)], CancellationToken.None);
    }

    private static Task<long> ScheduledAsync(TestDatabase database) => database.CountAsync("jobs where status = 'Scheduled'");
}
