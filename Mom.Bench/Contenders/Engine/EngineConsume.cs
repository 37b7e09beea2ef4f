using Microsoft.Extensions.DependencyInjection;
using Mom.Bench.Contenders.Engine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Messaging.Consuming;

namespace Mom.Bench.Contenders.Engine;

/// <summary>Empties a full queue: a scope and a handler for each message, acked after the handler.</summary>
internal sealed class EngineConsume(BenchTargets targets, bool quorum = false, bool traced = false) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, EngineHost.Queue, quorum);
    private EngineHost _filler = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _filler = await EngineHost.StartAsync(targets, topology: EngineHost.Topology(quorum), cancellationToken: cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) =>
        Callers.RunAsync(round.Messages, Sizes.Prefetch, number => _filler.Publisher.PublishAsync(new Parcel(number, Sizes.Text), cancellationToken: cancellationToken));

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        using var tracing = Tracing.If(traced);
        await using (await EngineHost.StartAsync(
            targets,
            messaging =>
            {
                messaging.Services.AddSingleton(round);
                messaging.AddConsumer(EngineHost.Queue, options => (options.Concurrency, options.Prefetch) = (Sizes.Concurrency, Sizes.Prefetch))
                    .Handle<Parcel, ParcelHandler>();
            },
            EngineHost.Topology(quorum),
            cancellationToken))
        {
            await round.AllCounted.WaitAsync(cancellationToken);
        }

        await _queue.DemandEmptyAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _filler.DisposeAsync();
        await _queue.DisposeAsync();
    }

    internal sealed class ParcelHandler(Round round) : IMessageHandler<Parcel>
    {
        public Task HandleAsync(Parcel message, MessageContext context, CancellationToken cancellationToken)
        {
            round.Begin();
            round.Count(message.Number);
            return Task.CompletedTask;
        }
    }
}
