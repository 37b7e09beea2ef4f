using Mom.Testing;

namespace Mom.Tests.AspireTests.Running;

/// <summary>The servers and two db workers, and nothing else of the system.</summary>
public sealed class PartOfTheSystem : IAsyncLifetime
{
    internal RunningSystem System { get; private set; } = null!;

    /// <summary>What the db worker had written when it was ready for the first time.</summary>
    internal IReadOnlyList<string> FirstWords { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        System = await RunningSystem.StartAsync(new SystemOptions
        {
            Name = "tests-part",
            Only = [.. ResourceNames.Servers, ResourceNames.Deployer, ResourceNames.DbWorker],
            Replicas = new Dictionary<string, int>(StringComparer.Ordinal) { [ResourceNames.DbWorker] = 2 },
        });
        FirstWords = await System.LogOfAsync(ResourceNames.DbWorker);
    }

    public ValueTask DisposeAsync() => System?.DisposeAsync() ?? ValueTask.CompletedTask;
}
