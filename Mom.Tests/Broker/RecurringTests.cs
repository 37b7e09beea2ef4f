using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Mom.Contracts.Jobs;
using Mom.Contracts.Recurring;
using Mom.Messaging.Errors;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;
using Mom.Workers.Database.Recurring;

namespace Mom.Tests.Broker;

/// <summary>Recurring jobs with several db workers.</summary>
[Trait("Group", "broker")]
public sealed class RecurringTests(DataServers servers)
{
    private const int Recurring = 120;
    private static readonly DateTimeOffset Noon = new(2027, 5, 3, 12, 0, 30, TimeSpan.Zero);
    private static readonly CreateJobBody Sum = new("math", [new CreateJobDetail("add", ["1", "1"])], Priority: "low");

    [Fact]
    public async Task Three_workers_make_one_job_for_each_due_time_and_one_for_all_that_was_missed()
    {
        await using var test = await Workers.StartAsync(servers);
        for (var users = 0; users < 3; users++)
        {
            await test.AddAsync(await test.AddUserAsync(), Recurring / 3, "0 * * * *", Sum);
        }

        // An hour later all are due, for three workers at once; and two days later once more.
        await test.RunAsync(TimeSpan.FromHours(1), expected: Recurring);
        await test.RunAsync(TimeSpan.FromHours(48), expected: 2 * Recurring);

        Assert.Equal(2 * Recurring, await test.Database.CountAsync("jobs where status = 'Queued' and recurring_id is not null and priority = 1"));
        Assert.Equal(Recurring, await test.Database.CountAsync("recurring_jobs as r join jobs as j on j.id = r.last_job_id where r.note is null and r.next_run_at = '2027-05-05T14:00Z'"));
        // The operation and the event of each; low is what it was ordered with.
        Assert.Equal(2 * Recurring, await test.Database.CountAsync("outbox where type = 'math.step.v1' and priority = 1"));
        Assert.Equal(2 * Recurring, await test.Database.CountAsync("outbox where type = 'job.changed.v1'"));
    }

    [Fact]
    public async Task What_must_not_run_makes_no_job_and_holds_up_nothing_else()
    {
        await using var test = await Workers.StartAsync(servers, unfinished: 4);
        var (ann, bob, eve) = (await test.AddUserAsync(), await test.AddUserAsync(), await test.AddUserAsync());
        await test.Database.ExecuteAsync($"update users set locked_at = now() where id = '{bob}'");
        await test.AddAsync(bob, 1, "0 * * * *", Sum);
        // Two of one key: the second finds that of the first.
        await test.AddAsync(ann, 2, "0 * * * *", Sum with { Unique = new UniqueJob("sum") });
        var paused = await test.AddAsync(ann, 1, "0 * * * *", Sum);
        await test.InScopeAsync(jobs => jobs.PauseAsync(new PauseRecurringJob(paused[0], ann, Paused: true), CancellationToken.None));
        // Who has as many unfinished jobs as may be; and a zone that this machine does not know.
        await test.AddAsync(eve, 2, "0 * * * *", Sum);
        await test.Database.ExecuteAsync($"update recurring_jobs set time_zone = 'Gone/Zone' where id in (select id from recurring_jobs where user_id = '{eve}' limit 1)");
        for (var i = 0; i < 4; i++)
        {
            await test.Database.ExecuteAsync($"insert into jobs (id, user_id, type, status, reconciliations, created_at, updated_at) values (gen_random_uuid(), '{eve}', 'math', 'Scheduled', 0, now(), now())");
        }

        await test.RunAsync(TimeSpan.FromHours(1), expected: 1, user: ann);
        Assert.Equal(1, await test.Database.CountAsync($"recurring_jobs where user_id = '{ann}' and note like '%key%' and last_job_id is null and next_run_at = '2027-05-03T14:00Z'"));
        Assert.Equal(0, await test.Database.CountAsync($"jobs where user_id = '{bob}'"));
        Assert.Equal(1, await test.Database.CountAsync($"recurring_jobs where user_id = '{eve}' and paused and note like '%time zone%'"));
        Assert.Equal(1, await test.Database.CountAsync($"recurring_jobs where user_id = '{eve}' and not paused and note like '%not done%'"));

        // Unlocked, and resumed: one job for what was missed, and none for the pause.
        await test.Database.ExecuteAsync($"update users set locked_at = null where id = '{bob}'; update jobs set status = 'Succeeded'");
        await test.InScopeAsync(jobs => jobs.PauseAsync(new PauseRecurringJob(paused[0], ann, Paused: false), CancellationToken.None));
        await test.RunAsync(TimeSpan.Zero, expected: 1, user: bob);
        Assert.Equal(1, await test.Database.CountAsync($"jobs where user_id = '{ann}'"));
    }

    [Fact]
    public async Task The_same_order_is_one_recurring_job_and_one_too_many_is_refused()
    {
        await using var test = await Workers.StartAsync(servers);
        var (ann, bob) = (await test.AddUserAsync(), await test.AddUserAsync());
        var ids = await test.AddAsync(ann, RecurringLimits.PerUser, "0 * * * *", Sum);
        var again = new CreateRecurringJob(ids[0], ann, "Sums", "0 * * * *", "UTC", Sum);
        await test.InScopeAsync(jobs => jobs.AddAsync(again, CancellationToken.None));
        await RefusedAsync(RecurringErrors.IdempotencyConflict, jobs => jobs.AddAsync(again with { Job = Sum with { Priority = "high" } }, CancellationToken.None));
        await RefusedAsync(RecurringErrors.IdempotencyConflict, jobs => jobs.AddAsync(again with { UserId = bob }, CancellationToken.None));
        await RefusedAsync(RecurringErrors.TooMany, jobs => jobs.AddAsync(again with { RecurringId = Guid.NewGuid() }, CancellationToken.None));
        await RefusedAsync(RecurringErrors.NotFound, jobs => jobs.DeleteAsync(new DeleteRecurringJob(ids[0], bob), CancellationToken.None));
        await test.InScopeAsync(jobs => jobs.DeleteAsync(new DeleteRecurringJob(ids[0], ann), CancellationToken.None));
        Assert.Equal(RecurringLimits.PerUser - 1, await test.Database.CountAsync("recurring_jobs"));

        async Task RefusedAsync(string code, Func<RecurringJobs, Task> act) =>
            Assert.Equal(code, (await Assert.ThrowsAsync<RefusalException>(() => test.InScopeAsync(act))).Code);
    }

    private sealed class Workers(VirtualHost broker, TestDatabase database, EngineHost engine, FakeTimeProvider clock) : IAsyncDisposable
    {
        public TestDatabase Database => database;

        public static async Task<Workers> StartAsync(DataServers servers, int unfinished = 1_000)
        {
            var broker = await servers.VirtualHostAsync();
            var database = await servers.DatabaseAsync();
            var clock = new FakeTimeProvider(Noon);
            // Not started: what is sent stays in the outbox, where it is counted.
            var engine = EngineHost.Create(broker, messaging =>
            {
                messaging.Services.AddSingleton<TimeProvider>(clock);
                messaging.WithOutbox(database);
                messaging.Services.AddJobChanges();
                messaging.Services.AddSingleton(Options.Create(new UserJobOptions { UnderWay = 1_000, Unfinished = unfinished }));
                messaging.Services.AddScoped<RecurringJobs>();
            });
            return new Workers(broker, database, engine, clock);
        }

        public async Task<Guid> AddUserAsync()
        {
            await using var context = database.Context();
            var user = new UserRow { Id = Guid.NewGuid(), FirstName = "Ann", LastName = "Lee", Email = $"{Guid.NewGuid():N}@example.org", PasswordHash = "none", Role = "user" };
            context.Add(user);
            await context.SaveChangesAsync();
            return user.Id;
        }

        public async Task<IReadOnlyList<Guid>> AddAsync(Guid user, int count, string cron, CreateJobBody job)
        {
            List<Guid> ids = [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid())];
            await InScopeAsync(async jobs =>
            {
                foreach (var id in ids)
                {
                    await jobs.AddAsync(new CreateRecurringJob(id, user, "Sums", cron, "UTC", job), CancellationToken.None);
                }
            });
            return ids;
        }

        public async Task InScopeAsync(Func<RecurringJobs, Task> act)
        {
            await using var scope = engine.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunAsync(() => act(scope.ServiceProvider.GetRequiredService<RecurringJobs>()), CancellationToken.None);
        }

        /// <summary>Three schedulers begin at one moment, some time later, and are stopped when nothing is due any more.</summary>
        public async Task RunAsync(TimeSpan later, int expected, Guid? user = null)
        {
            clock.Advance(later);
            var now = clock.GetUtcNow();
            var schedulers = Enumerable.Range(0, 3)
                .Select(_ => new RecurringScheduler(engine.Services.GetRequiredService<IServiceScopeFactory>(), clock, NullLogger<RecurringScheduler>.Instance)).ToList();
            await Task.WhenAll(schedulers.Select(scheduler => scheduler.StartAsync(CancellationToken.None)));
            await Eventually.TrueAsync(
                async () => await database.CountAsync($"recurring_jobs as r join users as u on u.id = r.user_id where u.locked_at is null and next_run_at <= '{now:O}'") == 0,
                "nothing should be due any more");
            await Task.WhenAll(schedulers.Select(scheduler => scheduler.StopAsync(CancellationToken.None)));
            schedulers.ForEach(scheduler => scheduler.Dispose());
            Assert.Equal(expected, await database.CountAsync("jobs where recurring_id is not null" + (user is null ? "" : $" and user_id = '{user}'")));
        }

        public async ValueTask DisposeAsync()
        {
            await engine.DisposeAsync();
            await database.DisposeAsync();
            await broker.DisposeAsync();
        }
    }
}
