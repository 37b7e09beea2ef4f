namespace Mom.Bench.Scenarios;

/// <summary>Every scenario, in the order in which they run.</summary>
internal static class ScenarioCatalog
{
    /// <param name="backlog">How many messages wait in front of a request in the scenario that has a backlog.</param>
    /// <param name="deep">How many wait in the scenario of a deep queue.</param>
    public static IReadOnlyList<Scenario> All(int backlog = 10_000, int deep = 1_000_000) =>
        [.. PublishScenarios.All, .. ConsumeScenarios.All(deep), .. RpcScenarios.All(backlog), .. DurableScenarios.All, .. PriceScenarios.All];
}
