using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Messaging.Errors;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Jobs.Batches;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Broker;

/// <summary>How many jobs of a user are under way, and which is next; with two db workers at once.</summary>
[Trait("Group", "broker")]
public sealed class FairTurnTests(DataServers servers)
{
    private const int UnderWay = 3;

    [Fact]
    public async Task Of_a_user_only_so_many_jobs_are_sent_and_of_two_users_each_as_many()
    {
        await using var test = await StartAsync();
        var (ann, bob) = (await test.AddUserAsync(), await test.AddUserAsync());
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => test.CreateAsync(ann)).Concat([test.CreateAsync(bob)]));

        Assert.Equal((UnderWay, 1), (await test.SentAsync(ann), await test.SentAsync(bob)));
        Assert.Equal(20 - UnderWay, await test.Database.CountAsync($"jobs where user_id = '{ann}' and waiting and status = 'Queued'"));
    }

    [Fact]
    public async Task Each_end_lets_the_oldest_that_waits_begin_whatever_two_workers_do_at_the_same_moment()
    {
        await using var test = await StartAsync();
        var ann = await test.AddUserAsync();
        var jobs = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            jobs.Add(await test.CreateAsync(ann));
        }

        // Every way in which a job ends, two at a time; at no moment more are under way, and none is forgotten.
        while (await test.UnderWayAsync(ann) is { Count: > 0 } underWay)
        {
            Assert.True(underWay.Count <= UnderWay, $"At most {UnderWay} should be under way, but {underWay.Count} are.");
            await Task.WhenAll(underWay.Take(2).Select((id, number) => number == 0 ? test.EndAsync(id) : test.CancelAsync(id, ann)));
        }

        Assert.Equal(0, await test.Database.CountAsync("jobs where status = 'Queued' or waiting"));
        // The oldest first: ids are of the time.
        Assert.Equal(jobs, await test.Database.QueryAsync<Guid>("select key::uuid from outbox where type = 'math.step.v1' order by id"));
    }

    [Fact]
    public async Task A_job_that_waits_can_be_cancelled_and_retried_and_takes_no_room_meanwhile()
    {
        await using var test = await StartAsync();
        var ann = await test.AddUserAsync();
        var jobs = new List<Guid>();
        for (var i = 0; i < UnderWay + 1; i++)
        {
            jobs.Add(await test.CreateAsync(ann));
        }

        await test.CancelAsync(jobs[^1], ann);
        Assert.Equal(UnderWay, await test.SentAsync(ann));
        await test.RetryAsync(jobs[^1]);
        Assert.Equal(1, await test.Database.CountAsync($"jobs where id = '{jobs[^1]}' and waiting and status = 'Queued'"));

        await test.EndAsync(jobs[0]);
        Assert.Equal(UnderWay + 1, await test.SentAsync(ann));
        Assert.Equal(0, await test.Database.CountAsync("jobs where waiting"));
    }

    [Fact]
    public async Task What_was_passed_over_is_found()
    {
        await using var test = await StartAsync();
        var ann = await test.AddUserAsync();
        for (var i = 0; i < 5; i++)
        {
            await test.CreateAsync(ann);
        }

        // As by a db worker of the former version, which knows of no turns.
        await test.Database.ExecuteAsync("update jobs set status = 'Succeeded' where not waiting");
        using var net = new WaitingJobs(test.Scopes, TimeProvider.System, NullLogger<WaitingJobs>.Instance);
        await net.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () => await test.Database.CountAsync("jobs where waiting") == 0, "those that wait should begin");
        await net.StopAsync(CancellationToken.None);
        Assert.Equal(5, await test.SentAsync(ann));
    }

    [Fact]
    public async Task One_job_too_many_is_refused_to_a_caller_who_waits_and_made_for_one_who_may_have_been_told_that_it_will_be()
    {
        await using var test = await StartAsync(unfinished: 2);
        var ann = await test.AddUserAsync();
        var first = await test.CreateAsync(ann);
        await test.CreateAsync(ann);

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => test.CreateAsync(ann));
        Assert.Equal(JobErrors.TooManyUnfinished, refusal.Code);
        // The same order once more is no other one.
        Assert.Equal(first, await test.CreateAsync(ann, first));
        // Scheduled ones count, and others' do not.
        await Assert.ThrowsAsync<RefusalException>(() => test.CreateAsync(ann, runAt: DateTimeOffset.UtcNow.AddDays(1)));
        await test.CreateAsync(await test.AddUserAsync());

        await test.CreateAsync(ann, waits: TimeSpan.FromSeconds(1));
        await test.CreateAsync(ann, waits: null);
        Assert.Equal(4, await test.Database.CountAsync($"jobs where user_id = '{ann}'"));
    }

    private async Task<Workers> StartAsync(int unfinished = 1_000)
    {
        var broker = await servers.VirtualHostAsync();
        var database = await servers.DatabaseAsync();
        // Not started: what is sent stays in the outbox, where it is counted.
        var engine = EngineHost.Create(broker, messaging =>
        {
            messaging.WithOutbox(database);
            messaging.Services.AddJobChanges(UnderWay);
            messaging.Services.AddSingleton(Options.Create(new UserJobOptions { UnderWay = UnderWay, Unfinished = unfinished }));
            messaging.Services.AddScoped<UnfinishedJobs>();
            messaging.Services.AddScoped<JobTransaction>();
            messaging.Services.AddScoped<JobOutcomes>();
            messaging.Services.AddScoped<JobActions>();
            messaging.Services.AddScoped<CreateJobHandler>();
        });
        return new Workers(broker, database, engine);
    }

    private sealed class Workers(VirtualHost broker, TestDatabase database, EngineHost engine) : IAsyncDisposable
    {
        public TestDatabase Database => database;

        public IServiceScopeFactory Scopes => engine.Services.GetRequiredService<IServiceScopeFactory>();

        public async Task<Guid> AddUserAsync()
        {
            await using var context = database.Context();
            var user = new UserRow { Id = Guid.NewGuid(), FirstName = "Ann", LastName = "Lee", Email = $"{Guid.NewGuid():N}@example.org", PasswordHash = "none", Role = "user" };
            context.Add(user);
            await context.SaveChangesAsync();
            return user.Id;
        }

        public Task<Guid> CreateAsync(Guid user, Guid? id = null, DateTimeOffset? runAt = null) => CreateAsync(user, TimeSpan.FromSeconds(10), id, runAt);

        public async Task<Guid> CreateAsync(Guid user, TimeSpan? waits, Guid? id = null, DateTimeOffset? runAt = null)
        {
            await using var scope = Scopes.CreateAsyncScope();
            var request = new CreateJob(id ?? Guid.CreateVersion7(), user, "math", [new Operation("add", ["1", "1"])], runAt);
            var answers = await scope.ServiceProvider.GetRequiredService<CreateJobHandler>().HandleAsync([new Delivered<CreateJob>(request, Context(waits))], CancellationToken.None);
            return answers[0].Refusal is { } refusal ? throw refusal : answers[0].Reply!.Id;
        }

        public async Task EndAsync(Guid job)
        {
            await using var scope = Scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<JobOutcomes>().ApplyAsync(
                [new JobReport(job, Context(), (row, now) => JobTransitions.Succeed(row, row.Run, 0, "2", attempts: 1, now))], CancellationToken.None);
        }

        public Task CancelAsync(Guid job, Guid user) => ActAsync(job, user, row => JobTransitions.Cancel(row, DateTimeOffset.UtcNow));

        public async Task RetryAsync(Guid job)
        {
            var user = (await database.QueryAsync<Guid>($"select user_id from jobs where id = '{job}'"))[0];
            await ActAsync(job, user, row => JobTransitions.Retry(row, DateTimeOffset.UtcNow));
        }

        public Task<long> SentAsync(Guid user) =>
            database.CountAsync($"outbox as o join jobs as j on o.key = j.id::text where o.type = 'math.step.v1' and j.user_id = '{user}'");

        public Task<List<Guid>> UnderWayAsync(Guid user) =>
            database.QueryAsync<Guid>($"select id from jobs where user_id = '{user}' and status in ('Queued', 'Running') and not waiting order by created_at, id");

        public async ValueTask DisposeAsync()
        {
            await engine.DisposeAsync();
            await database.DisposeAsync();
            await broker.DisposeAsync();
        }

        private async Task ActAsync(Guid job, Guid user, Func<JobRow, bool> act)
        {
            await using var scope = Scopes.CreateAsyncScope();
            var actions = scope.ServiceProvider.GetRequiredService<JobActions>();
            await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunOnceAsync(
                Context(), () => actions.ApplyAsync(job, user, row => Task.FromResult(act(row)), CancellationToken.None), CancellationToken.None);
        }

        private static MessageContext Context(TimeSpan? waits = null) =>
            new(Guid.NewGuid(), MomQueues.DbCommands, Attempt: 1, MaxAttempts: 1, DateTimeOffset.UtcNow) { Deadline = DateTimeOffset.UtcNow + waits };
    }
}
