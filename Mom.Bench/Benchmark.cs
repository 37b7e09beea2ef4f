using Mom.Bench.Reports;
using Mom.Bench.Scenarios;
using Mom.Bench.Servers;

namespace Mom.Bench;

/// <summary>Starts servers, runs the scenarios, reports.</summary>
internal static class Benchmark
{
    public static async Task RunAsync(BenchOptions options, CancellationToken cancellationToken)
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
            if (!options.Json)
            {
                TableReport.Write(Console.Out, result);
            }
        }

        if (options.Json)
        {
            JsonReport.Write(Console.Out, options.Rounds, results);
        }
    }

    // Apart from the results, so that they can be piped.
    private static void Progress(string text) => Console.Error.WriteLine(text);
}
