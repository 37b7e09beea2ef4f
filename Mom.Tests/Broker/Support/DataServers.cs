using Mom.Testing;
using Mom.Tests.Broker.Support;

[assembly: AssemblyFixture(typeof(DataServers))]

namespace Mom.Tests.Broker.Support;

/// <summary>A broker and a database without any service, for tests of the engine alone; started once, when first asked for.</summary>
public sealed class DataServers : IAsyncDisposable
{
    private readonly Lazy<Task<RunningSystem>> _system = new(() => RunningSystem.StartAsync(
        new SystemOptions { Name = "tests-servers", Only = [ResourceNames.RabbitMq, ResourceNames.Postgres, ResourceNames.Momdb] }));

    /// <summary>The running servers.</summary>
    public Task<RunningSystem> SystemAsync() => _system.Value;

    /// <summary>A virtual host of its own: queues of other tests are not in it.</summary>
    internal async Task<VirtualHost> VirtualHostAsync() => await VirtualHost.CreateAsync(await SystemAsync());

    /// <summary>A database of its own, with the schema of the db worker.</summary>
    /// <param name="limits">Limits of its sessions in place of the db worker's, as in <c>-c lock_timeout=1s</c>.</param>
    internal async Task<TestDatabase> DatabaseAsync(string? limits = null) => await TestDatabase.CreateAsync(await SystemAsync(), limits);

    public async ValueTask DisposeAsync()
    {
        if (_system.IsValueCreated)
        {
            await (await _system.Value).DisposeAsync();
        }
    }
}
