using Mom.Bench.Contenders.MassTransit.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;

namespace Mom.Bench.Contenders.MassTransit;

/// <summary>Sends with confirms.</summary>
internal sealed class MassTransitPublish(BenchTargets targets, int callers) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, "bench.masstransit.publish");
    private MassTransitBus _bus = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        await _queue.BindAsync(cancellationToken);
        _bus = await MassTransitBus.StartAsync(targets, cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        var endpoint = await _bus.Bus.GetSendEndpoint(MassTransitBus.AddressOf(_queue));
        round.Begin();
        await Callers.RunAsync(round.Messages, callers, number => endpoint.Send(new Parcel(number, Sizes.Text), cancellationToken));
        round.End();
        round.CountTogether(await _queue.PurgeAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        await _queue.DisposeAsync();
    }
}
