using Mom.Bench.Measuring;
using Mom.Bench.Servers;

namespace Mom.Bench.Scenarios;

/// <summary>Somebody who does a scenario's task.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Create">Makes its workload.</param>
internal sealed record Contender(string Name, Func<BenchTargets, IWorkload> Create);
