using Mom.Tests.Broker.Support;
using Mom.Tests.Node;

namespace Mom.Tests.Broker.Contract;

/// <summary>The contract of the engine on RabbitMQ.</summary>
[Trait("Group", "broker")]
public sealed class OnRabbitMqTests(DataServers servers) : EngineContract
{
    private protected override async Task<IContractHost> StartAsync(ContractSetup setup)
    {
        var broker = await servers.VirtualHostAsync();
        return new RabbitMqHost(broker, await EngineHost.StartAsync(broker, setup.Configure, setup.Topology ?? NodeTopology.Default, contracts: NodeJsonContext.Default));
    }
}
