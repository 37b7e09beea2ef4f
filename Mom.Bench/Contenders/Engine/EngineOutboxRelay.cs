using Microsoft.Extensions.DependencyInjection;
using Mom.Bench.Contenders.Engine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Messaging.EntityFrameworkCore.Outbox;
using Mom.Messaging.Outbox;

namespace Mom.Bench.Contenders.Engine;

/// <summary>The relay sends a full outbox. The clock starts with the commit that fills it.</summary>
internal sealed class EngineOutboxRelay(BenchTargets targets) : IWorkload
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    private readonly BenchDatabase _database = new(targets);
    private readonly BenchQueue _queue = new(targets.RabbitMq, EngineHost.Queue);

    public Task StartAsync(CancellationToken cancellationToken) => _queue.DeclareAsync(cancellationToken);

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => _database.ExecuteAsync(EngineSql.Empty, cancellationToken);

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        await using (var host = await EngineHost.StartAsync(targets, messaging => messaging.AddBenchDatabase(targets), cancellationToken: cancellationToken))
        {
            await using var scope = host.Services.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<BenchContext>();
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            Fill(scope.ServiceProvider, round.Messages);
            await context.SaveChangesAsync(cancellationToken);
            round.Begin();
            await transaction.CommitAsync(cancellationToken);
            host.Services.GetRequiredService<OutboxSignal>().Wake();
            while (!await _database.ScalarAsync<bool>(EngineSql.IsOutboxEmpty, cancellationToken))
            {
                await Task.Delay(LookEvery, cancellationToken);
            }

            round.End();
        }

        round.CountTogether(await _queue.PurgeAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static void Fill(IServiceProvider services, int messages)
    {
        var outbox = services.GetRequiredService<EntityFrameworkOutbox<BenchContext>>();
        for (var number = 0; number < messages; number++)
        {
            outbox.Add(Guid.CreateVersion7().ToString(), new Parcel(number, Sizes.Text));
        }
    }
}
