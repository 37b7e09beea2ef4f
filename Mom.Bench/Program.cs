using Mom.Bench;

// ./mom bench [NAME...] [--rounds N] [--json]
//   Scenarios/    what is measured: ScenarioCatalog is the list, ScenarioRunner lets the contenders take turns
//   Contenders/   who is measured: the raw client, this repository's engine, its peers
//   Measuring/    one round, and what several come to
//   Servers/      a broker and a database for this alone
//   Reports/      the table and the JSON
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, signal) =>
{
    signal.Cancel = true;
    stop.Cancel();
};
try
{
    await Benchmark.RunAsync(BenchOptions.Parse(args), stop.Token);
    return 0;
}
catch (UsageException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
