using Microsoft.Extensions.DependencyInjection;
using Mom.Bench.Contenders.Engine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Messaging.Consuming;
using Mom.Messaging.Inbox;

namespace Mom.Bench.Contenders.Engine;

/// <summary>Empties a full queue; each message has its effect in one transaction with its inbox row, through EF Core.</summary>
internal sealed class EngineInbox(BenchTargets targets) : IWorkload
{
    private readonly BenchDatabase _database = new(targets);
    private readonly BenchQueue _queue = new(targets.RabbitMq, EngineHost.Queue);
    private EngineHost _filler = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _filler = await EngineHost.StartAsync(targets, cancellationToken: cancellationToken);
    }

    public async Task PrepareAsync(Round round, CancellationToken cancellationToken)
    {
        await _database.ExecuteAsync(EngineSql.Empty, cancellationToken);
        await Callers.RunAsync(round.Messages, Sizes.Prefetch, number => _filler.Publisher.PublishAsync(new Parcel(number, Sizes.Text), cancellationToken: cancellationToken));
    }

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        await using (await EngineHost.StartAsync(
            targets,
            messaging =>
            {
                messaging.Services.AddSingleton(round);
                messaging.AddBenchDatabase(targets)
                    .AddConsumer(EngineHost.Queue, options => (options.Concurrency, options.Prefetch) = (Sizes.Concurrency, Sizes.Prefetch))
                    .Handle<Parcel, StoringHandler>();
            },
            cancellationToken: cancellationToken))
        {
            await round.AllCounted.WaitAsync(cancellationToken);
        }

        await _queue.DemandEmptyAsync(cancellationToken);
        await Effects.VerifyAsync(_database, round, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _filler.DisposeAsync();
        await _queue.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal sealed class StoringHandler(Round round, BenchContext database, IInbox inbox) : IMessageHandler<Parcel>
    {
        public async Task HandleAsync(Parcel message, MessageContext context, CancellationToken cancellationToken)
        {
            round.Begin();
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            if (await inbox.TryAddAsync(context.MessageId, context.Queue, cancellationToken))
            {
                database.Add(new EffectRow { Number = message.Number });
                await database.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            round.Count(message.Number);
        }
    }
}
