using System.Diagnostics;
using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Faults;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Operations;
using Mom.Messaging.Rpc;
using Mom.Testing;
using Mom.Tests.Support;
using Npgsql;

namespace Mom.Tests.SystemTests;

[Trait("Group", "system")]
public sealed class OutageTests(MomStack stack)
{
    private const string ThreeOperations =
        """{"type":"math","details":[{"method":"add","numbers":"1,1"},{"method":"add","numbers":"1,1"},{"method":"add","numbers":"1,1"}]}""";

    private static readonly string TwentyOperations =
        $$"""{"type":"math","details":[{{string.Join(',', Enumerable.Repeat("""{"method":"add","numbers":"1,1"}""", 20))}}]}""";

    [Fact]
    public async Task While_postgres_is_away_everything_waits_and_nothing_costs_an_attempt()
    {
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        var before = await user.CreateJobAsync(ThreeOperations);
        await system.StopAsync(ResourceNames.Postgres, StopMode.Kill);
        try
        {
            var clock = Stopwatch.StartNew();
            using var read = await user.Http.GetAsync(new Uri("/job/my", UriKind.Relative));
            Assert.Equal(503, (int)read.StatusCode);
            Assert.Equal(202, await user.PostStatusAsync("/job", ThreeOperations));
            // Ten seconds each are promised. Twice as much for a machine that is busy: what waits for Postgres would wait until the end of this block.
            Assert.True(clock.Elapsed < 2 * 2 * RpcOptions.Command.Timeout, $"Both answers should come in time, but took {clock.Elapsed}.");
            var queues = await admin.GetAsync<IReadOnlyList<QueueStatus>>("/admin/queues");
            Assert.Equal((0, 0), Troubles(queues));
        }
        finally
        {
            await BackAsync(system, ResourceNames.Postgres);
        }

        await user.DoneAsync(before.Id);
        IReadOnlyList<Job> jobs = [];
        await Eventually.TrueAsync(async () => (jobs = await user.GetAsync<IReadOnlyList<Job>>("/job/my")) is [{ Done: true }, { Done: true }], "both jobs should be done");
        Assert.All(jobs, job => Assert.Equal(JobStatus.Succeeded, job.Status));
        foreach (var job in jobs)
        {
            Assert.Empty(await admin.GetAsync<IReadOnlyList<DeadLetter>>($"/admin/dead-letters?text={job.Id}"));
        }
    }

    [Fact]
    public async Task While_postgres_takes_no_writes_reads_are_answered_and_all_else_waits_and_nothing_costs_an_attempt()
    {
        const int Held = 8;
        var system = await stack.SystemAsync();
        using var admin = await ApiUser.AdminAsync(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        await user.CreateJobAsync(ThreeOperations);
        var accepted = 1;
        await DataFaults.RefuseWritesAsync(system);
        try
        {
            // The server tells its sessions one by one.
            await Eventually.TrueAsync(
                async () =>
                {
                    accepted++;
                    return await user.PostStatusAsync("/job", ThreeOperations) == 202;
                },
                "writes should be refused");
            // More than the worker has places for.
            var clock = Stopwatch.StartNew();
            for (var request = 0; request < Held; request++, accepted++)
            {
                Assert.Equal(202, await user.PostStatusAsync("/job", ThreeOperations));
                using var read = await user.Http.GetAsync(new Uri("/job/my", UriKind.Relative));
                Assert.Equal(200, (int)read.StatusCode);
            }

            Assert.True(clock.Elapsed < Held * RpcOptions.Command.Timeout / 2, $"They should be answered at once, but took {clock.Elapsed}.");
            // One that failed before the last session was told has been postponed.
            (long, long) troubles = default;
            await Eventually.TrueAsync(
                async () => (troubles = Troubles(await admin.GetAsync<IReadOnlyList<QueueStatus>>("/admin/queues"))) == (0, 0),
                () => $"everything should be held, but (retrying, dead) is {troubles}");
        }
        finally
        {
            await DataFaults.TakeWritesAsync(system);
        }

        IReadOnlyList<Job> jobs = [];
        await Eventually.TrueAsync(
            async () => (jobs = await user.GetAsync<IReadOnlyList<Job>>("/job/my?pageSize=100")).Count(job => job.Done) == accepted,
            () => $"all {accepted} jobs should be done, but {jobs.Count(job => job.Done)} are");
        Assert.All(jobs, job => Assert.Equal(JobStatus.Succeeded, job.Status));
        foreach (var job in jobs)
        {
            Assert.Empty(await admin.GetAsync<IReadOnlyList<DeadLetter>>($"/admin/dead-letters?text={job.Id}"));
        }
    }

    [Fact]
    public async Task While_redis_is_away_nobody_is_let_in_and_jobs_go_on()
    {
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        var job = await user.CreateJobAsync(ThreeOperations);
        await system.StopAsync(ResourceNames.Redis, StopMode.Kill);
        try
        {
            using var answer = await user.Http.GetAsync(new Uri($"/job/{job.Id}", UriKind.Relative));
            Assert.Equal((503, true), ((int)answer.StatusCode, answer.Headers.RetryAfter is not null));
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            // Without a count of attempts there are none: nobody may guess as often as they like.
            foreach (var route in new[] { "/login", "/register" })
            {
                using var attempt = await user.PostAsync(route, $$"""{"firstName":"Ann","lastName":"Lee","email":"{{user.Email}}","password":"correct horse"}""");
                Assert.Equal((503, true), ((int)attempt.StatusCode, attempt.Headers.RetryAfter is not null));
            }

            await Eventually.TrueAsync(async () => await StatusAsync(system, job.Id) == "Succeeded", "the job should go on to its end");
        }
        finally
        {
            await BackAsync(system, ResourceNames.Redis);
        }

        await LogInAgainAsync(user);
        Assert.Equal(JobStatus.Succeeded, (await user.DoneAsync(job.Id)).Status);
    }

    // Everything that is pushed goes through Redis.
    [Fact]
    public async Task While_redis_is_away_pushes_wait_and_cost_no_attempt_and_then_users_are_made_to_catch_up()
    {
        var system = await stack.SystemAsync();
        using var broker = new BrokerScreen(system);
        using var user = await ApiUser.RegisterAsync(system.Api);
        await using var socket = await Listener.ConnectAsync(system.Socket, user);
        var job = await user.CreateJobAsync(TwentyOperations);
        await system.StopAsync(ResourceNames.Redis, StopMode.Kill);
        try
        {
            await Eventually.TrueAsync(async () => await StatusAsync(system, job.Id) == "Succeeded", "the job should go on to its end");
            await Eventually.TrueAsync(async () => (await broker.QueuesAsync(default)).Any(queue => queue.Name == MomQueues.SocketNotifications && queue.Unacked > 0), "pushes should be held");
            Assert.DoesNotContain(await broker.QueuesAsync(default), queue => queue.Name.StartsWith($"{MomQueues.SocketNotifications}.", StringComparison.Ordinal) && queue.Ready > 0);
        }
        finally
        {
            await BackAsync(system, ResourceNames.Redis);
        }

        await socket.Closed.PatientlyAsync("the user should have to connect again");
        await LogInAgainAsync(user);
        await using var again = await Listener.ConnectAsync(system.Socket, user);
        var next = await user.CreateJobAsync(ThreeOperations);
        await again.DoneAsync(next.Id);
        await Eventually.TrueAsync(async () => (await broker.QueuesAsync(default)).All(queue => queue.Name != MomQueues.SocketNotifications || queue.Ready + queue.Unacked == 0), "nothing should be held any more");
    }

    [Fact]
    public async Task While_the_broker_is_away_everybody_is_told_at_once_when_to_come_back_and_nothing_piles_up()
    {
        const int rounds = 20;
        const int callers = 100;
        var system = await stack.SystemAsync();
        using var user = await ApiUser.RegisterAsync(system.Api);
        await system.StopAsync(ResourceNames.RabbitMq, StopMode.Kill);
        try
        {
            // Warm: what the first answers of this kind need once does not count.
            await RefusedAsync(user, callers);
            var before = Memory(system);
            var clock = Stopwatch.StartNew();
            for (var round = 0; round < rounds; round++)
            {
                await RefusedAsync(user, callers);
            }

            // Requests that waited for the broker would take at least their timeout in each round; what each left behind would show.
            Assert.True(clock.Elapsed < rounds * RpcOptions.Command.Timeout / 2, $"Answers should come at once, but took {clock.Elapsed}.");
            Assert.True(Memory(system) < before + (100 * 1024 * 1024), $"The API should not grow, but had {before} bytes before and has {Memory(system)} now.");
        }
        finally
        {
            await BackAsync(system, ResourceNames.RabbitMq);
        }

        await Eventually.TrueAsync(async () => await user.PostStatusAsync("/job", ThreeOperations) == 201, "jobs should be accepted again");
        await Eventually.TrueAsync(async () => (await user.GetAsync<IReadOnlyList<Job>>("/job/my")) is { Count: > 0 } jobs && jobs.All(job => job.Done), "and be done");
    }

    private static async Task RefusedAsync(ApiUser user, int callers)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => user.PostAsync("/job", ThreeOperations)));
        foreach (var answer in answers)
        {
            using (answer)
            {
                Assert.Equal((503, true), ((int)answer.StatusCode, answer.Headers.RetryAfter is not null));
            }
        }
    }

    private static long Memory(RunningSystem system)
    {
        using var api = Process.GetProcessById(system.ProcessesOf(ResourceNames.Api)[0]);
        return api.WorkingSet64;
    }

    private static async Task BackAsync(RunningSystem system, string name)
    {
        await system.StartAsync(name);
        await system.HealthyAsync(name);
    }

    private static async Task LogInAgainAsync(ApiUser user)
    {
        await Eventually.TrueAsync(
            async () => await user.PostStatusAsync("/login", $$"""{"email":"{{user.Email}}","password":"correct horse"}""") == 200, "the user can log in again");
        await user.LoginAsync();
    }

    // The API cannot be asked: it lets nobody in.
    private static async Task<string?> StatusAsync(RunningSystem system, Guid job)
    {
        await using var database = NpgsqlDataSource.Create($"{system.Connections.Momdb};Pooling=false");
        await using var command = database.CreateCommand("select status from jobs where id = $1");
        command.Parameters.AddWithValue(job);
        return (string?)await command.ExecuteScalarAsync();
    }

    private static (long Retrying, long Dead) Troubles(IReadOnlyList<QueueStatus> queues)
    {
        var commands = queues.Single(queue => queue.Name == MomQueues.DbCommands);
        return (commands.Retrying, commands.Dead);
    }
}
