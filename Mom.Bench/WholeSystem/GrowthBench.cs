using System.Globalization;
using Mom.Bench.Measuring;
using Mom.Contracts;
using Mom.Contracts.Jobs;
using Mom.Contracts.Json;
using Mom.Messaging;
using Mom.Testing;
using Npgsql;
using RabbitMQ.Client;

namespace Mom.Bench.WholeSystem;

/// <summary>What a caller waits for when much is waiting and when much is stored, beside the same with little, in one run of one system.</summary>
/// <param name="quick">A tenth of the messages and jobs.</param>
/// <param name="progress">Is told what is done.</param>
internal sealed class GrowthBench(bool quick, Action<string> progress)
{
    private const int FewJobs = 1_000;
    private const int WarmUpJobs = 1_000;
    private const int PublishesAtATime = 256;

    private int Messages => quick ? 10_000 : 100_000;

    private int AllJobs => quick ? 1_000_000 : 10_000_000;

    // Of one user.
    private int OwnJobs => AllJobs / 100;

    private int Requests => quick ? 300 : 1_000;

    public async Task<GrowthFigures> RunAsync(CancellationToken cancellationToken)
    {
        progress("growth: starting everything");
        await using var system = await RunningSystem.StartAsync(
            BenchSystem.Options("bench-growth", new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
            {
                // While no worker works, no job ends.
                [ResourceNames.DbWorker] = BenchSystem.Variables(("Jobs__PerUser__Unfinished", $"{10 * WarmUpJobs}")),
            }),
            cancellationToken);
        await using var orderer = await JobOrderer.StartAsync(system, cancellationToken);
        for (var i = 0; i < WarmUpJobs; i++)
        {
            await orderer.OrderAndWaitAsync(cancellationToken);
        }

        var (withoutMessages, withMessages) = await BehindMessagesAsync(system, orderer, cancellationToken);
        var (withFewJobs, withAllJobs) = await AmongJobsAsync(system, cancellationToken);
        return new GrowthFigures(Messages, withoutMessages, withMessages, AllJobs, withFewJobs, withAllJobs);
    }

    private async Task<(Latency Without, Latency With)> BehindMessagesAsync(RunningSystem system, JobOrderer orderer, CancellationToken cancellationToken)
    {
        // Deferred messages wait as long as nobody takes them.
        await system.StopAsync(ResourceNames.MathWorker);
        progress("growth: ordering jobs while nothing waits");
        var without = await OrderAsync();
        progress($"growth: ordering jobs while {Messages:N0} deferred messages wait");
        await PublishAsync(system.Connections.RabbitMq, cancellationToken);
        return (without, await OrderAsync());

        Task<Latency> OrderAsync() => Pace.AloneAsync(Requests, async () => (await orderer.OrderAsync(cancellationToken)).Took);
    }

    private async Task PublishAsync(string rabbitMq, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(rabbitMq) }.CreateConnectionAsync("bench", cancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new MathStep(Guid.NewGuid(), 0, "add", ["1", "2", "3"]), MomJsonContext.Default.MathStep);
        await Callers.RunAsync(Messages, PublishesAtATime, async _ => await channel.BasicPublishAsync(
            string.Empty,
            MomQueues.MathSteps,
            mandatory: true,
            new BasicProperties { MessageId = Guid.NewGuid().ToString(), Type = "math.step.v1", DeliveryMode = DeliveryModes.Persistent, Priority = MessagePriority.Background },
            body,
            cancellationToken));
    }

    private async Task<(Latency Few, Latency All)> AmongJobsAsync(RunningSystem system, CancellationToken cancellationToken)
    {
        await using var reader = await JobOrderer.StartAsync(system, cancellationToken);
        await using var database = NpgsqlDataSource.Create(system.Connections.Momdb);
        progress($"growth: reading a list of {FewJobs:N0} jobs");
        await StoreAsync(database, FewJobs, own: true, cancellationToken);
        var few = await ReadAsync();
        progress($"growth: storing {AllJobs:N0} jobs");
        await StoreAsync(database, OwnJobs - FewJobs, own: true, cancellationToken);
        await StoreAsync(database, AllJobs - OwnJobs, own: false, cancellationToken);
        progress($"growth: reading a list of {OwnJobs:N0} jobs among {AllJobs:N0}");
        return (few, await ReadAsync());

        async Task<Latency> ReadAsync()
        {
            // One by one: a vacuum is no part of a transaction.
            await RunAsync(database, "vacuum analyze jobs", cancellationToken);
            await RunAsync(database, "vacuum analyze job_steps", cancellationToken);
            // The cache and the plan of the statements are made anew by the first requests after so much has changed.
            await Pace.AloneAsync(Requests / 10, () => reader.GetAsync("/job/my", cancellationToken));
            return await Pace.AloneAsync(Requests, () => reader.GetAsync("/job/my", cancellationToken));
        }
    }

    // Jobs of long ago with one operation each: those of the user that was registered last, or of all users before in turn.
    private static Task StoreAsync(NpgsqlDataSource database, int count, bool own, CancellationToken cancellationToken) => RunAsync(
        database,
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
             with owners as (select array_agg(id order by created_at desc) as ids from users),
             stored as (
               insert into jobs (id, user_id, type, status, run, reconciliations, version, created_at, updated_at)
               select gen_random_uuid(), {(own ? "ids[1]" : "ids[2 + number % (cardinality(ids) - 1)]")}, 'math', case when number % 200 = 0 then 'Failed' else 'Succeeded' end,
                 1, 0, 1, now() - interval '30 days' - number * interval '1 s', now() - interval '30 days'
               from owners, generate_series(1, {count}) as number
               returning id)
             insert into job_steps (job_id, position, method, numbers, result, attempts) select id, 0, 'add', array['1', '2', '3'], '6', 1 from stored
             """),
        cancellationToken);

    private static async Task RunAsync(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>Answer times with little and with much.</summary>
/// <param name="Messages">How many deferred messages waited.</param>
/// <param name="WithoutMessages"><c>POST /job</c> while none did.</param>
/// <param name="WithMessages"><c>POST /job</c> while they did.</param>
/// <param name="Jobs">How many jobs there were, a hundredth of them of the caller.</param>
/// <param name="WithFewJobs"><c>GET /job/my</c> of a caller with 1,000 jobs, among few more.</param>
/// <param name="WithAllJobs"><c>GET /job/my</c> among all of them.</param>
internal sealed record GrowthFigures(int Messages, Latency WithoutMessages, Latency WithMessages, int Jobs, Latency WithFewJobs, Latency WithAllJobs)
{
    /// <summary>The figures beside their goals.</summary>
    public IReadOnlyList<Bar> Bars =>
    [
        Bar.AtMost(string.Create(CultureInfo.InvariantCulture, $"POST /job p99 ms, {Messages:N0} deferred messages waiting / none"), WithMessages.P99, WithoutMessages.P99, 2),
        Bar.AtMost(string.Create(CultureInfo.InvariantCulture, $"GET /job/my p99 ms, {Jobs:N0} jobs / 1,000"), WithAllJobs.P99, WithFewJobs.P99, 2),
    ];
}
