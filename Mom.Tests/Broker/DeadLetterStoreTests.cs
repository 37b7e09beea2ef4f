using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Messaging.DeadLetters;
using Mom.Messaging.EntityFrameworkCore.DeadLetters;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Retries;
using Mom.Tests.Broker.Support;
using Mom.Workers.Database.Model;
using DeadLetter = Mom.Messaging.DeadLetters.DeadLetter;

namespace Mom.Tests.Broker;

/// <summary>Which of two deaths of a message is the newer, and what a dead operation does to its job.</summary>
[Trait("Group", "broker")]
public sealed class DeadLetterStoreTests(DataServers servers)
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_message_that_dies_of_its_replay_is_dead_again_though_the_clock_of_its_worker_is_behind()
    {
        await using var store = await Store.CreateAsync(servers);
        var message = Guid.NewGuid();
        await store.StoreAsync(Letter(message, Noon));
        Assert.Equal(1, await store.ReplayAsync());

        // The same second, and an hour before the death of which it was replayed.
        await store.StoreAsync(Letter(message, Noon, replay: 1));
        Assert.Equal((DeadLetterState.Dead, 2), await store.StateAsync());
        Assert.Equal(2, await store.ReplayAsync());
        await store.StoreAsync(Letter(message, Noon - Hour, replay: 2));
        Assert.Equal((DeadLetterState.Dead, 3), await store.StateAsync());
    }

    [Fact]
    public async Task A_copy_of_an_earlier_death_changes_nothing_though_the_clock_of_its_worker_is_ahead()
    {
        await using var store = await Store.CreateAsync(servers);
        var message = Guid.NewGuid();
        await store.StoreAsync(Letter(message, Noon));
        await store.ReplayAsync();
        await store.StoreAsync(Letter(message, Noon, replay: 1), Letter(message, Noon, replay: 1));
        await store.ReplayAsync();

        await store.StoreAsync(Letter(message, Noon + Hour, replay: 1));
        Assert.Equal((DeadLetterState.Replayed, 2), await store.StateAsync());
    }

    // As of a worker of another version, or of somebody who writes headers of ours.
    [Theory]
    [InlineData(null)]
    [InlineData(99)]
    public async Task A_death_without_a_number_that_is_known_is_rather_shown_twice_than_not_at_all(int? replay)
    {
        await using var store = await Store.CreateAsync(servers);
        var message = Guid.NewGuid();
        await store.StoreAsync(Letter(message, Noon));
        await store.ReplayAsync();

        await store.StoreAsync(Letter(message, Noon + Hour, replay));
        Assert.Equal((DeadLetterState.Dead, 2), await store.StateAsync());
    }

    [Theory]
    [InlineData(DeadLetterReason.CrashedTooOften)]
    [InlineData(DeadLetterReason.AttemptsExhausted)]
    public async Task A_dead_operation_fails_its_job_once_and_its_replay_takes_that_back(DeadLetterReason reason)
    {
        await using var store = await Store.CreateAsync(servers);
        var job = (await store.Database.AddJobsAsync(JobStatus.Running))[0];
        var letter = Step(job, run: 1, reason);
        await store.StoreAsync(letter, letter);

        Assert.Equal(["Failed"], await store.Database.QueryAsync<string>("select status from jobs"));
        Assert.Equal([6], await store.Database.QueryAsync<int>("select attempts from job_steps"));
        Assert.Equal(["job.failed"], await store.Database.QueryAsync<string>("select kind from notifications"));
        Assert.Equal(["job.changed.v1", "notification.added.v1"], await store.Database.QueryAsync<string>("select type from outbox order by id"));

        await store.ReplayAsync();
        Assert.Equal(["Queued"], await store.Database.QueryAsync<string>("select status from jobs"));
    }

    [Fact]
    public async Task A_dead_operation_of_an_earlier_run_or_of_no_job_is_a_letter_and_nothing_else()
    {
        await using var store = await Store.CreateAsync(servers);
        var job = (await store.Database.AddJobsAsync(JobStatus.Running))[0];
        await store.StoreAsync(
            Step(job, run: 0, DeadLetterReason.CrashedTooOften),
            Step(Guid.NewGuid(), run: 1, DeadLetterReason.CrashedTooOften),
            Letter(Guid.NewGuid(), Noon, type: "math.step.v1"));

        Assert.Equal(3, await store.Database.CountAsync("dead_letters"));
        Assert.Equal(["Running"], await store.Database.QueryAsync<string>("select status from jobs"));
        Assert.Equal(0, await store.Database.CountAsync("outbox"));
    }

    private static DeadLetter Step(Guid job, int run, DeadLetterReason reason) => Letter(
        Guid.NewGuid(), Noon, type: "math.step.v1", reason: reason, body: $$"""{"jobId":"{{job}}","step":0,"method":"add","numbers":["1","1"],"run":{{run}}}""");

    private static DeadLetter Letter(
        Guid message, DateTimeOffset died, int? replay = null, string type = "nonsense.v1", DeadLetterReason reason = DeadLetterReason.AttemptsExhausted, string body = "{")
    {
        var headers = new Dictionary<string, object?>
        {
            [MessageHeaders.FirstFailedAt] = Noon.ToString("O", CultureInfo.InvariantCulture),
            [MessageHeaders.LastFailedAt] = died.ToString("O", CultureInfo.InvariantCulture),
            [MessageHeaders.DeadReason] = $"{reason}",
            [MessageHeaders.Attempt] = 6,
        };
        if (replay is not null)
        {
            headers[MessageHeaders.Replay] = replay;
        }

        var envelope = new Envelope("mom.messages", "math.steps.dead", type, message, 1, Encoding.UTF8.GetBytes(body)) { Timestamp = Noon, Headers = headers };
        return new DeadLetter(MomQueues.MathSteps, envelope, TraceParent: null);
    }

    /// <summary>The store of a db worker, with a database of its own and nothing that runs.</summary>
    private sealed class Store(VirtualHost broker, TestDatabase database, EngineHost engine) : IAsyncDisposable
    {
        public TestDatabase Database => database;

        public static async Task<Store> CreateAsync(DataServers servers)
        {
            var (broker, database) = (await servers.VirtualHostAsync(), await servers.DatabaseAsync());
            return new Store(broker, database, EngineHost.Create(broker, messaging => messaging.WithDeadLetters(database)));
        }

        public async Task StoreAsync(params IReadOnlyList<DeadLetter> letters)
        {
            await using var scope = engine.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IDeadLetterStore>().StoreAsync(letters, CancellationToken.None);
        }

        /// <returns>The number that goes with the message.</returns>
        public async Task<int> ReplayAsync()
        {
            await using var scope = engine.Services.CreateAsyncScope();
            var decisions = scope.ServiceProvider.GetRequiredService<DeadLetterDecisions<MomDbContext>>();
            var id = (await database.QueryAsync<long>("select id from dead_letters")).Single();
            await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunAsync(
                async () => Assert.Null(await decisions.ReplayAsync((await decisions.LockAsync(id, CancellationToken.None))!, "ann@example.org", CancellationToken.None)),
                CancellationToken.None);
            return (await database.QueryAsync<int>($"select (headers->>'{MessageHeaders.Replay}')::int from outbox where headers is not null order by id desc limit 1")).Single();
        }

        public async Task<(DeadLetterState State, int Deaths)> StateAsync()
        {
            await using var context = database.Context();
            var letter = await context.DeadLetters.AsNoTracking().SingleAsync();
            return (letter.State, letter.Deaths);
        }

        public async ValueTask DisposeAsync()
        {
            await engine.DisposeAsync();
            await database.DisposeAsync();
            await broker.DisposeAsync();
        }
    }
}
