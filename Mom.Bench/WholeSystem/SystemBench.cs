using System.Diagnostics;
using System.Globalization;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Testing;
using Npgsql;

namespace Mom.Bench.WholeSystem;

/// <summary>
/// The whole system as the AppHost runs it, without its dashboard and with a math service that answers at once: jobs of one operation, from the
/// order over HTTP to the push of the end. Beside it, in turn, the same work by direct calls.
/// </summary>
/// <param name="quick">Fewer and shorter repetitions.</param>
/// <param name="progress">Is told what is done.</param>
internal sealed class SystemBench(bool quick, Action<string> progress)
{
    private const int Callers = 32;
    private const int PacePerSecond = 100;

    private static readonly string[] Services =
    [
        ResourceNames.Api, ResourceNames.DbWorker, ResourceNames.MathWorker, ResourceNames.MathService, ResourceNames.Socket,
        ResourceNames.Postgres, ResourceNames.RabbitMq, ResourceNames.Redis,
    ];

    // The JIT compiler is at work for the first thousands: what runs for days is measured, not what has just started.
    private const int WarmUpJobs = 6_000;

    private int Repetitions => quick ? 3 : 5;

    private int Jobs => quick ? 1_000 : 3_000;

    public async Task<SystemFigures> RunAsync(CancellationToken cancellationToken)
    {
        progress("system: starting everything");
        await using var system = await RunningSystem.StartAsync(BenchSystem.Options("bench-system", postgres: "shared_preload_libraries=pg_stat_statements"), cancellationToken);
        await BenchDatabase.CreateAsync(system.Connections.Momdb, cancellationToken);
        await using var direct = await DirectApi.StartAsync(BenchDatabase.Beside(system.Connections.Momdb), system.MathService, cancellationToken);
        var orderers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => JobOrderer.StartAsync(system, cancellationToken)));
        try
        {
            progress("system: warming up");
            await OrderAsync(orderers, WarmUpJobs, cancellationToken);
            using var http = new HttpClient { BaseAddress = new Uri(direct.Address) };
            await CallAsync(http, WarmUpJobs, cancellationToken);

            var (ours, theirs) = (new List<double>(), new List<double>());
            await using var counters = await ServerCounters.StartAsync(system, cancellationToken);
            var used = Services.ToDictionary(service => service, _ => 0.0, StringComparer.Ordinal);
            for (var number = 1; number <= Repetitions; number++)
            {
                progress($"system: repetition {number} of {Repetitions}");
                var before = Services.ToDictionary(service => service, service => ProcessorTime.OfAll(system.ProcessesOf(service)), StringComparer.Ordinal);
                await counters.BeginAsync(cancellationToken);
                ours.Add(await OrderAsync(orderers, Jobs, cancellationToken));
                await counters.EndAsync(cancellationToken);
                foreach (var service in Services)
                {
                    used[service] += ProcessorTime.OfAll(system.ProcessesOf(service)) - before[service];
                }

                theirs.Add(await CallAsync(http, Jobs, cancellationToken));
            }

            var jobs = (double)Jobs * Repetitions;
            progress("system: one caller alone");
            var alone = await Pace.AloneAsync(quick ? 300 : 1_000, async () => (await orderers[0].OrderAsync(cancellationToken)).Took);
            progress("system: 100 jobs a second");
            var paced = await Pace.AtAsync(PacePerSecond, orderers, TimeSpan.FromSeconds(quick ? 5 : 20), cancellationToken);
            progress("system: reading lists");
            var list = await Pace.AloneAsync(quick ? 300 : 1_000, () => orderers[0].GetAsync("/job/my", cancellationToken));
            return new SystemFigures(
                Median.Of(ours),
                Median.Of(theirs),
                Median.Of(ours.Zip(theirs, (own, other) => own / other)),
                alone,
                paced,
                list,
                await PartsAsync(orderers[0], list, alone, cancellationToken),
                used.ToDictionary(service => service.Key, service => service.Value / jobs, StringComparer.Ordinal),
                Services.ToDictionary(service => service, service => Memory.Peak(system.ProcessesOf(service)), StringComparer.Ordinal),
                counters.Database.ToDictionary(counter => counter.Key, counter => counter.Value / jobs, StringComparer.Ordinal),
                counters.RedisByCommand.Values.Sum() / jobs,
                counters.RedisByCommand.OrderByDescending(command => command.Value).ToDictionary(command => command.Key, command => command.Value / jobs, StringComparer.Ordinal),
                await counters.StatementsAsync(jobs, cancellationToken));
        }
        finally
        {
            foreach (var orderer in orderers)
            {
                await orderer.DisposeAsync();
            }
        }
    }

    // Each with more than the one before it.
    private async Task<IReadOnlyDictionary<string, Latency>> PartsAsync(JobOrderer orderer, Latency list, Latency order, CancellationToken cancellationToken) => new Dictionary<string, Latency>(StringComparer.Ordinal)
    {
        ["GET /alive: HTTP alone"] = await Pace.AloneAsync(quick ? 300 : 1_000, () => orderer.GetAsync("/alive", cancellationToken)),
        ["GET /auth-test: and the session"] = await Pace.AloneAsync(quick ? 300 : 1_000, () => orderer.GetAsync("/auth-test", cancellationToken)),
        ["GET /job/my: and a request over the broker, which reads"] = list,
        ["POST /job, each after the end of the last: and a transaction"] = await Pace.AloneAsync(quick ? 100 : 300, () => orderer.OrderAndWaitAsync(cancellationToken)),
        ["POST /job, each after the answer to the last: beside the work on it"] = order,
    };

    /// <returns>Jobs per second: each caller orders the next when the last one has ended.</returns>
    private static async Task<double> OrderAsync(JobOrderer[] orderers, int jobs, CancellationToken cancellationToken)
    {
        var free = System.Threading.Channels.Channel.CreateUnbounded<JobOrderer>();
        foreach (var orderer in orderers)
        {
            free.Writer.TryWrite(orderer);
        }

        var started = Stopwatch.GetTimestamp();
        await Measuring.Callers.RunAsync(jobs, orderers.Length, async _ =>
        {
            var orderer = await free.Reader.ReadAsync(cancellationToken);
            var (id, _) = await orderer.OrderAsync(cancellationToken);
            await orderer.EndOfAsync(id, cancellationToken);
            free.Writer.TryWrite(orderer);
        });
        return jobs / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> CallAsync(HttpClient http, int jobs, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await Measuring.Callers.RunAsync(jobs, SystemBench.Callers, async _ =>
        {
            using var content = new StringContent(JobOrderer.Body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri("/job", UriKind.Relative), content, cancellationToken);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        });
        return jobs / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}

/// <summary>What Postgres and Redis count of themselves.</summary>
internal sealed class ServerCounters : IAsyncDisposable
{
    private static readonly string[] Columns = ["xact_commit", "xact_rollback", "tup_inserted", "tup_updated", "tup_deleted", "statements"];

    private const string Count =
        """
        select xact_commit, xact_rollback, tup_inserted, tup_updated, tup_deleted,
               (select coalesce(sum(s.calls), 0)::bigint from pg_stat_statements as s where s.dbid = d.datid)
        from pg_stat_database as d where datname = 'momdb'
        """;

    private readonly NpgsqlDataSource _postgres;
    private readonly StackExchange.Redis.ConnectionMultiplexer _redis;
    private Dictionary<string, double> _before = [];
    private Dictionary<string, double> _redisBefore = [];

    private ServerCounters(NpgsqlDataSource postgres, StackExchange.Redis.ConnectionMultiplexer redis) => (_postgres, _redis) = (postgres, redis);

    public Dictionary<string, double> Database { get; } = Columns.ToDictionary(column => column, _ => 0.0, StringComparer.Ordinal);

    public Dictionary<string, double> RedisByCommand { get; } = new(StringComparer.Ordinal);

    public static async Task<ServerCounters> StartAsync(RunningSystem system, CancellationToken cancellationToken)
    {
        // Beside the one that is counted, so that it is not counted itself.
        var postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(system.Connections.Momdb) { Database = "postgres" }.ConnectionString);
        await using var make = postgres.CreateCommand("create extension if not exists pg_stat_statements");
        await make.ExecuteNonQueryAsync(cancellationToken);
        await using var reset = postgres.CreateCommand("select pg_stat_statements_reset()");
        await reset.ExecuteNonQueryAsync(cancellationToken);
        // INFO is for administrators.
        var redis = StackExchange.Redis.ConfigurationOptions.Parse(system.Connections.Redis);
        redis.AllowAdmin = true;
        return new ServerCounters(postgres, await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(redis));
    }

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _before = await ReadAsync(cancellationToken);
        _redisBefore = await RedisAsync();
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        // A backend tells what it has counted once a second at most, and when it is idle.
        await Task.Delay(TimeSpan.FromSeconds(1.5), cancellationToken);
        foreach (var (command, calls) in await RedisAsync())
        {
            RedisByCommand[command] = RedisByCommand.GetValueOrDefault(command) + calls - _redisBefore.GetValueOrDefault(command);
        }

        foreach (var (column, value) in await ReadAsync(cancellationToken))
        {
            Database[column] += value - _before[column];
        }
    }

    public async Task<IReadOnlyDictionary<string, double>> StatementsAsync(double jobs, CancellationToken cancellationToken)
    {
        await using var command = _postgres.CreateCommand(
            """
            select left(regexp_replace(query, '\s+', ' ', 'g'), 90), sum(calls)::bigint
            from pg_stat_statements join pg_database on pg_database.oid = dbid where datname = 'momdb'
            group by 1 order by 2 desc limit 25
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var statements = new Dictionary<string, double>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            statements[reader.GetString(0)] = reader.GetInt64(1) / jobs;
        }

        return statements;
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        await _redis.DisposeAsync();
    }

    private async Task<Dictionary<string, double>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = _postgres.CreateCommand(Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return Columns.Select((column, number) => (column, Value: (double)reader.GetInt64(number))).ToDictionary(pair => pair.column, pair => pair.Value, StringComparer.Ordinal);
    }

    // "cmdstat_evalsha:calls=12,usec=345,usec_per_call=28.75,rejected_calls=0,failed_calls=0". Those within scripts are counted, too.
    private async Task<Dictionary<string, double>> RedisAsync()
    {
        var info = await _redis.GetServer(_redis.GetEndPoints()[0]).InfoAsync("commandstats");
        return info.SelectMany(group => group).ToDictionary(
            entry => entry.Key["cmdstat_".Length..],
            entry => double.Parse(entry.Value.AsSpan("calls=".Length, entry.Value.IndexOf(',') - "calls=".Length), CultureInfo.InvariantCulture),
            StringComparer.Ordinal);
    }
}
