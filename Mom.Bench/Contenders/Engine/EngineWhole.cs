using Microsoft.Extensions.DependencyInjection;
using Mom.Bench.Contenders.Engine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Messaging.EntityFrameworkCore.Outbox;

namespace Mom.Bench.Contenders.Engine;

/// <summary>
/// The whole way of a message, traced: sent, received, and its effect in one transaction with its inbox row. With an outbox it is stored in a
/// transaction of its own first, and the relay sends it.
/// </summary>
internal sealed class EngineWhole(BenchTargets targets, int senders, bool outbox) : IWorkload
{
    private readonly BenchDatabase _database = new(targets);
    private readonly BenchQueue _queue = new(targets.RabbitMq, EngineHost.Queue);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        // Those that started before have the same queue, and its binding was deleted with it.
        await using var host = await EngineHost.StartAsync(targets, cancellationToken: cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => _database.ExecuteAsync(EngineSql.Empty, cancellationToken);

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        await using (var host = await EngineHost.StartAsync(
            targets,
            messaging =>
            {
                messaging.Services.AddSingleton(round);
                messaging.AddBenchDatabase(targets)
                    .AddConsumer(EngineHost.Queue, options => (options.Concurrency, options.Prefetch) = (Sizes.Concurrency, Sizes.Prefetch))
                    .Handle<Parcel, EngineInbox.StoringHandler>();
            },
            cancellationToken: cancellationToken))
        using (Tracing.If(true))
        {
            round.Begin();
            await Callers.RunAsync(round.Messages, senders, number => outbox
                ? StoreAsync(host.Services, number, cancellationToken)
                : host.Publisher.PublishAsync(new Parcel(number, Sizes.Text), cancellationToken: cancellationToken));
            await round.AllCounted.WaitAsync(cancellationToken);
        }

        await _queue.DemandEmptyAsync(cancellationToken);
        await Effects.VerifyAsync(_database, round, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task StoreAsync(IServiceProvider services, int number, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<EntityFrameworkOutbox<BenchContext>>().Add(Guid.CreateVersion7().ToString(), new Parcel(number, Sizes.Text));
        await scope.ServiceProvider.GetRequiredService<BenchContext>().SaveChangesAsync(cancellationToken);
    }
}
