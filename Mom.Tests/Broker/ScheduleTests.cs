using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Mom.Contracts.Jobs;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;
using Mom.Workers.Database.Jobs;
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
        await AddAsync(database, Noon);
        await using var engine = EngineHost.Create(broker, messaging =>
        {
            messaging.WithOutbox(database);
            messaging.Services.AddScoped<JobChanges>();
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

    private static Task<long> ScheduledAsync(TestDatabase database) => database.CountAsync("jobs where status = 'Scheduled'");

    private static async Task AddAsync(TestDatabase database, DateTimeOffset runAt)
    {
        await using var context = database.Context();
        var user = new UserRow { Id = Guid.NewGuid(), FirstName = "Ann", LastName = "Lee", Email = "ann@example.org", PasswordHash = "none", Role = "user" };
        context.Add(user);
        context.AddRange(Enumerable.Range(0, Jobs).Select(_ => new JobRow
        {
            Id = Guid.NewGuid(),
            UserId = user.Id,
            Type = "math",
            Status = JobStatus.Scheduled,
            RunAt = runAt,
            Steps = [new JobStepRow { Method = "add", Numbers = ["1", "1"] }],
        }));
        await context.SaveChangesAsync();
    }
}
