using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Runs;
using Mom.Testing;

namespace Mom.Tests.Faults;

/// <summary>The private system of the faults group, started once. Every fault leaves it whole.</summary>
[CollectionDefinition(Name)]
public sealed class FaultStack : IAsyncLifetime, ICollectionFixture<FaultStack>
{
    public const string Name = "The system of the faults";

    internal RunningSystem System { get; private set; } = null!;

    internal BrokerScreen Broker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        System = await RunningSystem.StartAsync(ChaosSystem.Options("tests-faults"));
        Broker = new BrokerScreen(System);
    }

    public async ValueTask DisposeAsync()
    {
        Broker?.Dispose();
        if (System is not null)
        {
            await System.DisposeAsync();
        }
    }
}
