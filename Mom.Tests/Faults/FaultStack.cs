using Mom.Chaos.Bookkeeping;
using Mom.Chaos.Runs;
using Mom.LocalHost;

namespace Mom.Tests.Faults;

/// <summary>The private system of the faults group, started once. Every fault leaves it whole.</summary>
public sealed class FaultStack : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mom-faults").FullName;
    private LocalSystem? _system;

    internal LocalSystem System => _system!;

    internal BrokerScreen Broker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _system = ChaosSystem.Create(_directory);
        await _system.StartAsync();
        Broker = new BrokerScreen(_system);
    }

    public async ValueTask DisposeAsync()
    {
        Broker?.Dispose();
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
