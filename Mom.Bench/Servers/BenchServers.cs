using Mom.LocalHost;
using Mom.LocalHost.Ports;

namespace Mom.Bench.Servers;

/// <summary>A broker and a database for this benchmark alone: own ports, own data, nothing shared with what <c>./mom up</c> runs.</summary>
internal sealed class BenchServers : IAsyncDisposable
{
    private readonly LocalSystem _system = new(new LocalSystemOptions
    {
        StateDirectory = Path.Combine(Repository.Root, ".mom", "bench"),
        Ports = PortMap.Free(),
        Only = [ResourceNames.RabbitMq, ResourceNames.Postgres],
    });

    /// <summary>How to reach them, once started.</summary>
    public BenchTargets Targets => new(_system.Connections.RabbitMq, BenchDatabase.Beside(_system.Connections.Momdb));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _system.StartAsync(progress: null, cancellationToken);
        await BenchDatabase.CreateAsync(_system.Connections.Momdb, cancellationToken);
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();
}
