using Mom.Bench.WholeSystem;

namespace Mom.Bench.Scenarios;

/// <summary>The goals of the scenarios, each for the engine beside another contender.</summary>
internal static class Bars
{
    private static readonly (string Scenario, string Reference, double Goal)[] Goals =
    [
        ("publish", "raw", 0.95),
        ("consume", "raw", 0.90), ("consume", "MassTransit", 1.8), ("consume", "Wolverine", 1.5),
        ("rpc-64", "raw", 0.90), ("rpc-64", "MassTransit", 2), ("rpc-64", "Wolverine", 1.4),
        ("outbox-relay", "raw", 0.9),
    ];

    /// <summary>Those of one scenario. The ratio is that of the medians where the reference is not the yardstick.</summary>
    public static IEnumerable<Bar> Of(ScenarioResult scenario)
    {
        if (scenario is { Name: "consume-deep", Results: [{ } few, { } many] })
        {
            return [Bar.AtLeast($"{scenario.Name}: messages per second / {few.Contender}", many.Rate, few.Rate, 0.8, many.Ratio)];
        }

        // Where none of the contenders is the engine as it is, nothing has a goal.
        if (scenario.Results.SingleOrDefault(result => result.Contender is "mom") is not { } ours)
        {
            return [];
        }

        // Without its peers a scenario has no bar for them.
        var bars =
            from goal in Goals
            where string.Equals(goal.Scenario, scenario.Name, StringComparison.Ordinal)
            from other in scenario.Results
            where string.Equals(other.Contender, goal.Reference, StringComparison.Ordinal)
            select Bar.AtLeast($"{scenario.Name}: messages per second / {goal.Reference}", ours.Rate, other.Rate, goal.Goal, ours.Ratio / other.Ratio);
        return scenario is { Name: "rpc", Results: [{ Latency: { } raw }, ..] } && ours.Latency is { } own
            ? [.. bars, new Bar("rpc: p50 ms / raw", own.P50, raw.P50, own.P50 / raw.P50, 1.15, own.P50 / raw.P50 <= 1.15)]
            : bars;
    }
}
