using Mom.Bench.Reports;
using Mom.Bench.Scenarios;
using Mom.Bench.Servers;
using Mom.Bench.WholeSystem;

namespace Mom.Bench;

/// <summary>Starts servers, runs the scenarios, reports.</summary>
internal static class Benchmark
{
    public static async Task RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var table = options.Json && options.File is null ? TextWriter.Null : Console.Out;
        var results = options.Scenarios.Count > 0 ? await ScenariosAsync(options, table, cancellationToken) : [];
        var whole = new SystemResults();
        if (options.OfTheSystem.Contains(BenchOptions.WholeSystem))
        {
            whole = whole with { System = await new SystemBench(options.Quick, Progress).RunAsync(cancellationToken) };
            SystemTable.Write(table, whole.System);
        }

        if (options.OfTheSystem.Contains(BenchOptions.Growth))
        {
            whole = whole with { Growth = await new GrowthBench(options.Quick, Progress).RunAsync(cancellationToken) };
            SystemTable.Write(table, whole.Growth);
        }

        if (options.OfTheSystem.Contains(BenchOptions.IdleSockets))
        {
            whole = whole with { Sockets = await new SocketBench(options.Quick ? 1_000 : 10_000, Progress).RunAsync(cancellationToken) };
            SystemTable.Write(table, whole.Sockets);
        }

        if (options.OfTheSystem.Contains(BenchOptions.Soak))
        {
            whole = whole with { Soak = await new SoakBench(options.Quick ? 2 : 10, Progress).RunAsync(cancellationToken) };
            SystemTable.Write(table, whole.Soak);
        }

        if (options.Json)
        {
            await using var file = options.File is { } name ? File.CreateText(name) : null;
            JsonReport.Write(file ?? Console.Out, options.Rounds, results, whole);
            if (options.File is { } path)
            {
                // Beside it, for people.
                await using var picture = File.CreateText(Path.ChangeExtension(path, ".svg"));
                SvgReport.Write(picture, results, JsonReport.BarsOf(results, whole));
            }
        }
    }

    private static async Task<IReadOnlyList<ScenarioResult>> ScenariosAsync(BenchOptions options, TextWriter table, CancellationToken cancellationToken)
    {
        Progress("starting a broker and a database of our own");
        await using var servers = new BenchServers();
        await servers.StartAsync(cancellationToken);
        var runner = new ScenarioRunner(servers.Targets, options.Rounds, Progress);
        var results = new List<ScenarioResult>();
        foreach (var scenario in options.Scenarios)
        {
            var result = await runner.RunAsync(scenario, scenario.Messages, cancellationToken);
            results.Add(result);
            TableReport.Write(table, result);
        }

        return results;
    }

    // Apart from the results, so that they can be piped.
    private static void Progress(string text) => Console.Error.WriteLine(text);
}
