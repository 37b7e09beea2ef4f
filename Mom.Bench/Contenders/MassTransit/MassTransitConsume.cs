using MassTransit;
using Mom.Bench.Contenders.MassTransit.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;

namespace Mom.Bench.Contenders.MassTransit;

/// <summary>Empties a full queue: a scope and a consumer for each message, acked after it.</summary>
internal sealed class MassTransitConsume(BenchTargets targets) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, "bench.masstransit.consume");
    private MassTransitBus _filler = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        await _queue.BindAsync(cancellationToken);
        _filler = await MassTransitBus.StartAsync(targets, cancellationToken);
    }

    public async Task PrepareAsync(Round round, CancellationToken cancellationToken)
    {
        var endpoint = await _filler.Bus.GetSendEndpoint(MassTransitBus.AddressOf(_queue));
        await Callers.RunAsync(round.Messages, Sizes.Prefetch, number => endpoint.Send(new Parcel(number, Sizes.Text), cancellationToken));
    }

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        await using (await MassTransitBus.ConsumeAsync<ParcelConsumer>(targets, _queue, round, cancellationToken))
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

    internal sealed class ParcelConsumer(Round round) : IConsumer<Parcel>
    {
        public Task Consume(ConsumeContext<Parcel> context)
        {
            round.Begin();
            round.Count(context.Message.Number);
            return Task.CompletedTask;
        }
    }
}
