using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Mom.Bench.Contenders.Engine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Messaging;
using Mom.Messaging.EntityFrameworkCore.Outbox;

namespace Mom.Bench.Contenders.Engine;

/// <summary>Adds one message to the outbox for each transaction: envelope, JSON, EF Core. No relay runs.</summary>
internal sealed class EngineOutboxWrite(BenchTargets targets, int writers) : IWorkload
{
    private readonly BenchDatabase _database = new(targets);
    private ServiceProvider _services = null!;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMessaging(EngineHost.Topology(), EngineJson.Default).AddBenchDatabase(targets);
        // Its hosted services are not started: nothing connects to the broker.
        _services = services.BuildServiceProvider();
        // What the engine does at the start of a host: the first writers come all at once.
        using var scope = _services.CreateScope();
        _ = scope.ServiceProvider.GetRequiredService<BenchContext>().Model.GetRelationalModel();
        return Task.CompletedTask;
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => _database.ExecuteAsync(EngineSql.Empty, cancellationToken);

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        round.Begin();
        await Callers.RunAsync(round.Messages, writers, async number =>
        {
            await using var scope = _services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<EntityFrameworkOutbox<BenchContext>>().Add(Guid.CreateVersion7().ToString(), new Parcel(number, Sizes.Text));
            await scope.ServiceProvider.GetRequiredService<BenchContext>().SaveChangesAsync(cancellationToken);
        });
        round.End();
        round.CountTogether(await _database.ScalarAsync<long>(EngineSql.CountOutbox, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}
