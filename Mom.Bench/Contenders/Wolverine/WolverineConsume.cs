using Mom.Bench.Contenders.Wolverine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;

namespace Mom.Bench.Contenders.Wolverine;

/// <summary>Empties a full queue, inline: acked after the handler.</summary>
internal sealed class WolverineConsume(BenchTargets targets) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, "bench.wolverine.consume");
    private WolverineHost _filler = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _filler = await WolverineHost.SendAsync<Parcel>(targets, _queue, persistent: true, cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) =>
        Callers.RunAsync(round.Messages, Sizes.Prefetch, async number => await _filler.Bus.SendAsync(new Parcel(number, Sizes.Text)));

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        await using (await WolverineHost.ConsumeAsync<ParcelHandler>(targets, _queue, round, cancellationToken))
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
}
