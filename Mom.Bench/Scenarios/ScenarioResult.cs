using Mom.Bench.Measuring;

namespace Mom.Bench.Scenarios;

/// <summary>The results of all contenders at one scenario; the first is the yardstick.</summary>
internal sealed record ScenarioResult(string Name, string Description, int Messages, IReadOnlyList<Result> Results);
