using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Bench.WholeSystem;

namespace Mom.Bench.Scenarios;

/// <summary>Runs a scenario: a round that only warms up, then the rounds that count, in which the contenders take turns.</summary>
internal sealed class ScenarioRunner(BenchTargets targets, int rounds, Action<string> progress)
{
    public async Task<ScenarioResult> RunAsync(Scenario scenario, int messages, CancellationToken cancellationToken)
    {
        var workloads = new Dictionary<Contender, IWorkload>();
        var measured = scenario.Contenders.ToDictionary(contender => contender, _ => new List<Round>());
        try
        {
            foreach (var contender in scenario.Contenders)
            {
                var workload = contender.Create(targets);
                await workload.StartAsync(cancellationToken);
                workloads.Add(contender, workload);
            }

            for (var number = 0; number <= rounds; number++)
            {
                progress($"{scenario.Name}: {(number == 0 ? "warming up" : $"round {number} of {rounds}")}");
                foreach (var contender in InTurn(scenario.Contenders, number))
                {
                    var round = await RunAsync(contender.Name, workloads[contender], messages, cancellationToken);
                    if (number > 0)
                    {
                        measured[contender].Add(round);
                    }
                }
            }
        }
        finally
        {
            foreach (var workload in workloads.Values)
            {
                await workload.DisposeAsync();
            }
        }

        var yardstick = measured[scenario.Contenders[0]];
        return new ScenarioResult(
            scenario.Name,
            scenario.Description,
            messages,
            [.. scenario.Contenders.Select(contender => Result.Of(contender.Name, measured[contender], yardstick))]);
    }

    private async Task<Round> RunAsync(string contender, IWorkload workload, int messages, CancellationToken cancellationToken)
    {
        var round = new Round(messages);
        await workload.PrepareAsync(round, cancellationToken);
        // What the one before has left over is not this one's to collect.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var used = ProcessorTime.OfAll(targets.Broker);
        await workload.RunAsync(round, cancellationToken);
        round.BrokerMicrosecondsPerMessage = (ProcessorTime.OfAll(targets.Broker) - used) * 1_000 / messages;
        round.Verify(contender);
        return round;
    }

    // Each round begins with another one: being first is an advantage or a drawback, but nobody's.
    private static IEnumerable<Contender> InTurn(IReadOnlyList<Contender> contenders, int round) =>
        contenders.Select((_, place) => contenders[(place + round) % contenders.Count]);
}
