using Mom.Testing;


namespace Mom.Bench.Servers;

/// <summary>A broker and a database for this benchmark alone: own ports, own data, nothing shared with what <c>./mom up</c> runs.</summary>
internal sealed class BenchServers : IAsyncDisposable
{
    private RunningSystem? _system;

    /// <summary>How to reach them, once started.</summary>
    public BenchTargets Targets => new(_system!.Connections.RabbitMq, BenchDatabase.Beside(_system!.Connections.Momdb)) { Broker = _system.ProcessesOf(ResourceNames.RabbitMq) };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _system = await RunningSystem.StartAsync(
            new SystemOptions { Name = "bench", Only = [ResourceNames.RabbitMq, ResourceNames.Postgres, ResourceNames.Momdb] }, cancellationToken);
        await BenchDatabase.CreateAsync(_system!.Connections.Momdb, cancellationToken);
    }

    public ValueTask DisposeAsync() => _system?.DisposeAsync() ?? ValueTask.CompletedTask;
}
