using Mom.LocalHost;
using Mom.LocalHost.Ports;
using Mom.Tests.Broker.Support;

[assembly: AssemblyFixture(typeof(DataServers))]

namespace Mom.Tests.Broker.Support;

/// <summary>A broker and a database without any service, for tests of the engine alone; started once, when first asked for.</summary>
public sealed class DataServers : IAsyncDisposable
{
    private readonly Lazy<Task<LocalSystem>> _system = new(StartAsync);

    /// <summary>The running servers.</summary>
    public Task<LocalSystem> SystemAsync() => _system.Value;

    /// <summary>A virtual host of its own: queues of other tests are not in it.</summary>
    internal async Task<VirtualHost> VirtualHostAsync() => await VirtualHost.CreateAsync(await SystemAsync());

    /// <summary>A database of its own, with the schema of the db worker.</summary>
    internal async Task<TestDatabase> DatabaseAsync() => await TestDatabase.CreateAsync(await SystemAsync());

    public async ValueTask DisposeAsync()
    {
        if (_system.IsValueCreated)
        {
            await (await _system.Value).DisposeAsync();
        }
    }

    private static async Task<LocalSystem> StartAsync()
    {
        var system = new LocalSystem(new LocalSystemOptions
        {
            StateDirectory = Path.Combine(Repository.Root, ".mom", "tests-data"),
            Ports = PortMap.Free(),
            Only = [ResourceNames.RabbitMq, ResourceNames.Postgres],
        });
        try
        {
            await system.StartAsync();
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }
}
