using Mom.Bench.Measuring;

namespace Mom.Bench.WholeSystem;

/// <summary>What the whole system did.</summary>
/// <param name="JobsPerSecond">Whole jobs, from the order over HTTP to the push of its end: the median of the repetitions.</param>
/// <param name="DirectJobsPerSecond">The same work by direct calls, likewise.</param>
/// <param name="Ratio">Of each repetition the one divided by the other: the median.</param>
/// <param name="Alone"><c>POST /job</c> of one caller.</param>
/// <param name="Paced"><c>POST /job</c> at 100 jobs a second.</param>
/// <param name="List"><c>GET /job/my</c> of one caller.</param>
/// <param name="Parts">What a request is made of: the answer times of one caller alone, each with more than the one before it.</param>
/// <param name="ProcessorMs">Milliseconds of processor time per job, by process.</param>
/// <param name="PeakMemory">MiB that were resident at most, by process, since its start.</param>
/// <param name="DatabasePerJob">What Postgres did per job, by the names of <c>pg_stat_database</c>, and the calls of <c>pg_stat_statements</c>.</param>
/// <param name="RedisPerJob">Commands of Redis per job, those within scripts included.</param>
/// <param name="RedisCommands">The same by command.</param>
/// <param name="Statements">The statements that were called most often, with their calls per job.</param>
internal sealed record SystemFigures(
    double JobsPerSecond,
    double DirectJobsPerSecond,
    double Ratio,
    Latency Alone,
    Latency Paced,
    Latency List,
    IReadOnlyDictionary<string, Latency> Parts,
    IReadOnlyDictionary<string, double> ProcessorMs,
    IReadOnlyDictionary<string, double> PeakMemory,
    IReadOnlyDictionary<string, double> DatabasePerJob,
    double RedisPerJob,
    IReadOnlyDictionary<string, double> RedisCommands,
    IReadOnlyDictionary<string, double> Statements)
{
    /// <summary>The figures beside their goals.</summary>
    public IReadOnlyList<Bar> Bars =>
    [
        Bar.AtLeast("whole jobs per second", JobsPerSecond, reference: null, 600),
        Bar.AtLeast("whole jobs per second / direct calls", JobsPerSecond, DirectJobsPerSecond, 0.5, Ratio),
        Bar.AtMost("POST /job alone, p50 ms", Alone.P50, 4),
        Bar.AtMost("POST /job alone, p99 ms", Alone.P99, 15),
        Bar.AtMost("POST /job at 100 jobs/s, p50 ms", Paced.P50, 8),
        Bar.AtMost("POST /job at 100 jobs/s, p99 ms", Paced.P99, 30),
        Bar.AtMost("GET /job/my alone, p50 ms", List.P50, 3),
    ];
}

/// <summary>A figure beside its goal.</summary>
/// <param name="Name">What was measured, with its unit.</param>
/// <param name="Ours">The figure.</param>
/// <param name="Reference">That of the one it is compared with; <see langword="null"/> where the goal is absolute.</param>
/// <param name="Ratio">The median of the ratios; <see langword="null"/> where the goal is absolute.</param>
/// <param name="Goal">The goal.</param>
/// <param name="Met">Whether it is met.</param>
internal sealed record Bar(string Name, double Ours, double? Reference, double? Ratio, double Goal, bool Met)
{
    public static Bar AtLeast(string name, double ours, double? reference, double goal, double? ratio = null) => new(name, ours, reference, ratio, goal, (ratio ?? ours) >= goal);

    public static Bar AtMost(string name, double ours, double goal) => new(name, ours, Reference: null, Ratio: null, goal, ours <= goal);

    public static Bar AtMost(string name, double ours, double reference, double goal) => new(name, ours, reference, ours / reference, goal, ours / reference <= goal);
}
