using Mom.Bench;
using Mom.Bench.Capacity;

// ./mom bench [NAME...] [--rounds N] [--json], or ./mom bench capacity
//   Scenarios/    what is measured: ScenarioCatalog is the list, ScenarioRunner lets the contenders take turns
//   Contenders/   who is measured: the raw client, this repository's engine, its peers
//   Measuring/    one round, and what several come to
//   Servers/      a broker and a database for this alone
//   Reports/      the table and the JSON
//   Capacity/     how many replicas it takes: a formula and a simulation, no servers
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, signal) =>
{
    signal.Cancel = true;
    stop.Cancel();
};
try
{
    if (args is ["capacity", .. var load])
        CapacityReport.Write(Console.Out, CapacityOptions.Parse(load));
    else
        await Benchmark.RunAsync(BenchOptions.Parse(args), stop.Token);
    return 0;
}
catch (UsageException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
catch (Exception) when (stop.IsCancellationRequested)
{
    // Whatever breaks then breaks because of it.
    return 130;
}
