using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.Consuming;
using Mom.Tests.Broker.Support;
using Mom.Tests.Support;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Jobs.Batches;
using Mom.Workers.Database.Jobs.Keys;
using Mom.Workers.Database.Jobs.Turns;
using Mom.Workers.Database.Model;
using Npgsql;

namespace Mom.Tests.Broker;

/// <summary>What the db worker does for many messages in one transaction, and that each of them has its own outcome all the same.</summary>
[Trait("Group", "broker")]
public sealed class JobBatchTests(DataServers servers)
{
    private const int UnderWay = 3;

    private static readonly IReadOnlyList<Operation> OnePlusOne = [new Operation("add", ["1", "1"])];

    [Fact]
    public async Task Orders_of_one_transaction_each_get_their_own_answer()
    {
        await using var test = await StartAsync();
        var (ann, bob) = (await test.AddUserAsync(), await test.AddUserAsync());
        var (first, earlier) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await test.CreateAsync(Order(earlier, bob));
        var once = Order(first, ann);
        var answers = await test.CreateAsync(
            once,
            // The same message twice, as after a loss of connection.
            once,
            // The same order in another message, and another one with its key.
            Order(first, ann),
            Order(first, ann, [new Operation("add", ["2", "2"])]),
            Order(earlier, bob),
            // Somebody else's key is none of theirs.
            Order(earlier, ann),
            Order(Guid.CreateVersion7(), ann, runAt: DateTimeOffset.UtcNow.AddDays(1)),
            Order(Guid.CreateVersion7(), bob));

        Assert.Equal(
            [$"{first}", $"{first}", $"{first}", JobErrors.IdempotencyConflict, $"{earlier}", JobErrors.IdempotencyConflict, "scheduled", "queued"],
            answers.Select((answer, number) => answer.Refusal?.Code ?? (number < 6 ? $"{answer.Reply!.Id}" : $"{answer.Reply!.Status}".ToLowerInvariant())));
        Assert.Equal(4, await test.Database.CountAsync("jobs"));
        Assert.Equal(4, await test.Database.CountAsync("job_steps where numbers = '{1,1}' and method = 'add'"));
        Assert.Equal(3, await test.Database.CountAsync("outbox where type = 'math.step.v1'"));
        Assert.Equal(4, await test.Database.CountAsync("outbox where type = 'job.changed.v1'"));
        // All rows but those of before are of one transaction.
        Assert.Equal(2, (await test.Database.QueryAsync<string>("select distinct xmin::text from inbox union select distinct xmin::text from jobs")).Count);
    }

    [Fact]
    public async Task Of_orders_in_one_transaction_only_so_many_begin_and_those_that_are_too_many_are_refused_and_not_remembered()
    {
        await using var test = await StartAsync(unfinished: 5);
        var ann = await test.AddUserAsync();
        Delivered<CreateJob>[] orders = [.. Enumerable.Range(0, 7).Select(_ => Order(Guid.CreateVersion7(), ann))];
        var answers = await test.CreateAsync(orders);

        Assert.Equal([null, null, null, null, null, JobErrors.TooManyUnfinished, JobErrors.TooManyUnfinished], answers.Select(answer => answer.Refusal?.Code));
        Assert.Equal([false, false, false, true, true], answers.Take(5).Select(answer => answer.Reply!.Waiting));
        Assert.Equal((UnderWay, 5L), (await test.Database.CountAsync("outbox where type = 'math.step.v1'"), await test.Database.CountAsync("inbox")));
        // One who has gone and may have been told that it is done: it is.
        Assert.Null((await test.CreateAsync(orders[6] with { Context = orders[6].Context with { Deadline = null } }))[0].Refusal);
    }

    [Fact]
    public async Task Outcomes_of_many_jobs_are_stored_in_one_transaction_in_which_the_next_of_their_users_begin()
    {
        await using var test = await StartAsync();
        var ann = await test.AddUserAsync();
        // In the order of their ids, as they are made in one moment.
        Guid[] jobs = [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).Order()];
        await test.CreateAsync([.. jobs.Select(job => Order(job, ann))]);
        JobReport[] reports = [.. jobs.Take(UnderWay).Select(job => new JobReport(job, Context(), (row, now) => JobTransitions.Succeed(row, run: 1, 0, "2", attempts: 1, now)))];
        // A copy in the same batch, and later another one.
        await test.ReportAsync([.. reports, reports[0]]);
        await test.ReportAsync(reports[1]);

        Assert.Equal(["Succeeded", "Succeeded", "Succeeded", "Queued", "Queued"], await test.Database.QueryAsync<string>("select status from jobs order by id"));
        Assert.Equal([2L, 2, 2, 1, 1], await test.Database.QueryAsync<long>("select version from jobs order by id"));
        Assert.Equal(jobs, await test.Database.QueryAsync<Guid>("select key::uuid from outbox where type = 'math.step.v1' order by id"));
        Assert.Equal((3L, 3L, 0L), (await test.Database.CountAsync("notifications"), await test.Database.CountAsync("job_steps where result = '2'"), await test.Database.CountAsync("jobs where waiting")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_branches_of_a_graph_meet_the_next_operation_is_sent_once(bool inOneTransaction)
    {
        await using var test = await StartAsync();
        var (ann, job) = (await test.AddUserAsync(), Guid.CreateVersion7());
        IReadOnlyList<Operation> diamond =
        [
            new("add", ["1", "1"], Id: "a", After: []), new("add", ["$a", "1"], Id: "b", After: []), new("add", ["$a", "2"], Id: "c", After: ["a"]), new("add", ["$b", "$c"], After: []),
            new("subtract", ["$a", "2"], After: [], Compensates: "a"),
        ];
        var order = Order(job, ann, diamond);
        Assert.Null((await test.CreateAsync(order, order))[1].Refusal);
        Assert.Equal(JobErrors.IdempotencyConflict, (await test.CreateAsync(Order(job, ann, [.. diamond.Select(each => each with { After = ["a"] })])))[0].Refusal?.Code);

        await test.ReportAsync(Done(0, "2"));
        if (inOneTransaction)
        {
            await test.ReportAsync(Done(1, "3"), Done(2, "4"));
        }
        else
        {
            await Task.WhenAll(test.ReportAsync(Done(1, "3")), test.ReportAsync(Done(2, "4")));
        }

        Assert.Equal(
            ["0 1,1", "1 2,1", "2 2,2", "3 3,4"],
            await test.Database.QueryAsync<string>("select concat(m.body->>'step', ' ', m.body#>>'{numbers,0}', ',', m.body#>>'{numbers,1}') from (select convert_from(body, 'UTF8')::jsonb as body from outbox where type = 'math.step.v1') as m order by 1"));

        JobReport Done(int step, string result) => new(job, Context(), (row, now) => JobTransitions.Succeed(row, run: 1, step, result, attempts: 1, now));
    }

    [Fact]
    public async Task A_report_that_cannot_be_applied_harms_none_of_its_batch()
    {
        await using var test = await StartAsync(start: true);
        var jobs = await test.Database.AddJobsAsync(JobStatus.Queued, count: 20);
        var reports = jobs.Select(job => new StepDone(job, 0, "2", 1)).Append(new StepDone(Guid.NewGuid(), 0, "2", 1));
        await Task.WhenAll(reports.Select(report => test.Engine.Publisher.PublishAsync(report)));
        await Eventually.TrueAsync(async () => await test.Database.CountAsync("jobs where status = 'Succeeded'") == 20, "every job that is there should succeed");

        var dead = await test.Broker.TakeAllAsync("db.commands.dead", 1);
        Assert.Equal("job.step-done.v1", dead[0].BasicProperties.Type);
        Assert.Equal(20, await test.Database.CountAsync("inbox"));
    }

    [Fact]
    public async Task Of_twenty_orders_at_once_with_one_key_there_is_one_job_until_it_is_done()
    {
        await using var test = await StartAsync();
        var (ann, bob) = (await test.AddUserAsync(), await test.AddUserAsync());
        // Ten each by itself, ten in one transaction; nobody can look who holds the key before all are under way.
        await using var held = new NpgsqlConnection(test.Database.ConnectionString);
        await held.OpenAsync();
        await using var nobodyLooks = await held.BeginTransactionAsync();
        await using (var table = new NpgsqlCommand("lock table job_keys in access exclusive mode", held, nobodyLooks))
        {
            await table.ExecuteNonQueryAsync();
        }

        var orders = Task.WhenAll(Enumerable.Range(0, 10)
            .Select(_ => test.CreateAsync(Unique(ann)))
            .Append(test.CreateAsync([Unique(bob), .. Enumerable.Range(0, 10).Select(_ => Unique(ann))])));
        await Eventually.TrueAsync(
            async () => await test.Database.CountAsync("pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 11, "every transaction should wait");
        await nobodyLooks.RollbackAsync();
        var answers = (await orders).SelectMany(some => some).ToList();
        var job = Assert.Single(answers.Select(answer => answer.Reply!).DistinctBy(reply => reply.Id), reply => reply.UniqueKey == "only" && answers.Count(answer => answer.Reply!.Id == reply.Id) == 20);
        Assert.Equal(2, await test.Database.CountAsync("jobs"));
        Assert.Equal(2, await test.Database.CountAsync("job_keys"));
        Assert.Equal(2, await test.Database.CountAsync("outbox where type = 'math.step.v1'"));

        // The same message once more is answered as before, when the job is done too; another one makes the next.
        var late = Unique(ann);
        Assert.Equal(job.Id, (await test.CreateAsync(late))[0].Reply!.Id);
        await test.ReportAsync(new JobReport(job.Id, Context(), (row, now) => JobTransitions.Succeed(row, run: 1, 0, "2", attempts: 1, now)));
        Assert.Equal((job.Id, JobStatus.Succeeded), ((await test.CreateAsync(late))[0].Reply!.Id, (await test.CreateAsync(late))[0].Reply!.Status));
        Assert.NotEqual(job.Id, (await test.CreateAsync(Unique(ann)))[0].Reply!.Id);
        Assert.Equal(3, await test.Database.CountAsync("jobs"));
    }

    [Fact]
    public async Task A_key_is_held_for_its_time_when_the_job_is_done_too_and_a_former_holder_is_not_retried_beside_the_next()
    {
        await using var test = await StartAsync();
        var ann = await test.AddUserAsync();
        var first = (await test.CreateAsync(Unique(ann, forSeconds: 3_600)))[0].Reply!.Id;
        await test.ReportAsync(new JobReport(first, Context(), (row, now) => JobTransitions.Fail(row, run: 1, 0, "no", attempts: 1, now)));
        Assert.Equal(first, (await test.CreateAsync(Unique(ann)))[0].Reply!.Id);

        await test.Database.ExecuteAsync("update job_keys set until = now() - interval '1 second'");
        var next = (await test.CreateAsync(Unique(ann)))[0].Reply!.Id;
        Assert.NotEqual(first, next);
        Assert.False(await test.TakesKeyAsync(first));
        await test.ReportAsync(new JobReport(next, Context(), (row, now) => JobTransitions.Succeed(row, run: 1, 0, "2", attempts: 1, now)));
        Assert.True(await test.TakesKeyAsync(first));
        Assert.Equal([first], await test.Database.QueryAsync<Guid>("select job_id from job_keys"));
    }

    [Fact]
    public async Task Of_the_jobs_of_a_user_that_wait_those_of_high_priority_begin_first_and_their_messages_have_it()
    {
        await using var test = await StartAsync();
        var ann = await test.AddUserAsync();
        JobPriority[] priorities = [JobPriority.Normal, JobPriority.Normal, JobPriority.Normal, JobPriority.Low, JobPriority.Normal, JobPriority.High];
        var jobs = new List<Guid>();
        foreach (var priority in priorities)
        {
            var order = Order(Guid.CreateVersion7(), ann);
            jobs.Add((await test.CreateAsync(order with { Message = order.Message with { Priority = priority } }))[0].Reply!.Id);
        }

        foreach (var job in jobs.Take(UnderWay))
        {
            await test.ReportAsync(new JobReport(job, Context(), (row, now) => JobTransitions.Succeed(row, run: 1, 0, "2", attempts: 1, now)));
        }

        Assert.Equal([jobs[0], jobs[1], jobs[2], jobs[5], jobs[4], jobs[3]], await test.Database.QueryAsync<Guid>("select key::uuid from outbox where type = 'math.step.v1' order by id"));
        Assert.Equal([2, 2, 2, 4, 2, 1], await test.Database.QueryAsync<short>("select priority from outbox where type = 'math.step.v1' order by id"));
    }

    private static Delivered<CreateJob> Unique(Guid user, int? forSeconds = null)
    {
        var order = Order(Guid.CreateVersion7(), user);
        return order with { Message = order.Message with { Unique = new UniqueJob("only", forSeconds) } };
    }

    private static Delivered<CreateJob> Order(Guid id, Guid user, IReadOnlyList<Operation>? operations = null, DateTimeOffset? runAt = null) =>
        new(new CreateJob(id, user, "math", operations ?? OnePlusOne, runAt), Context());

    private static MessageContext Context() =>
        new(Guid.NewGuid(), MomQueues.DbCommands, Attempt: 1, MaxAttempts: 1, DateTimeOffset.UtcNow) { Deadline = DateTimeOffset.UtcNow.AddSeconds(10) };

    private async Task<Worker> StartAsync(int unfinished = 1_000, bool start = false)
    {
        var broker = await servers.VirtualHostAsync();
        var database = await servers.DatabaseAsync();
        // Not started but where messages are to be consumed: what is sent stays in the outbox, where it is counted.
        var engine = EngineHost.Create(broker, messaging =>
        {
            messaging.WithOutbox(database);
            messaging.Services.AddJobChanges(UnderWay);
            messaging.Services.AddSingleton(Options.Create(new UserJobOptions { UnderWay = UnderWay, Unfinished = unfinished }));
            messaging.Services.AddScoped<UnfinishedJobs>();
            messaging.Services.AddScoped<JobTransaction>();
            messaging.Services.AddScoped<JobOutcomes>();
            messaging.Services.AddScoped<CreateJobHandler>();
            messaging.AddConsumer(MomQueues.DbCommands, options => options.Concurrency = 1).HandleBatch<StepDone, StepDoneHandler>(32, TimeSpan.Zero);
        });
        if (start)
        {
            await engine.StartAsync();
            await engine.ConnectedAsync();
        }

        return new Worker(broker, database, engine);
    }

    private sealed class Worker(VirtualHost broker, TestDatabase database, EngineHost engine) : IAsyncDisposable
    {
        public VirtualHost Broker => broker;

        public TestDatabase Database => database;

        public EngineHost Engine => engine;

        public async Task<Guid> AddUserAsync()
        {
            await using var context = database.Context();
            var user = new UserRow { Id = Guid.NewGuid(), FirstName = "Ann", LastName = "Lee", Email = $"{Guid.NewGuid():N}@example.org", PasswordHash = "none", Role = "user" };
            context.Add(user);
            await context.SaveChangesAsync();
            return user.Id;
        }

        public async Task<IReadOnlyList<Answer<Job>>> CreateAsync(params Delivered<CreateJob>[] orders)
        {
            await using var scope = engine.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<CreateJobHandler>().HandleAsync(orders, CancellationToken.None);
        }

        /// <summary>Whether a job may be started anew, and its key is given to it then.</summary>
        public async Task<bool> TakesKeyAsync(Guid job)
        {
            await using var scope = engine.Services.CreateAsyncScope();
            var (takes, work) = (false, scope.ServiceProvider.GetRequiredService<UnitOfWork>());
            await work.RunAsync(
                async () =>
                {
                    var row = await scope.ServiceProvider.GetRequiredService<JobChanges>().LockAsync(job, CancellationToken.None);
                    takes = await scope.ServiceProvider.GetRequiredService<JobKeys>().TakeAsync(row!, until: null, CancellationToken.None);
                },
                CancellationToken.None);
            return takes;
        }

        public async Task ReportAsync(params JobReport[] reports)
        {
            await using var scope = engine.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<JobOutcomes>().ApplyAsync(reports, CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            await engine.DisposeAsync();
            await database.DisposeAsync();
            await broker.DisposeAsync();
        }
    }
}
