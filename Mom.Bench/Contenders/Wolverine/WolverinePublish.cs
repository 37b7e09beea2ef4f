using Mom.Bench.Contenders.Wolverine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;

namespace Mom.Bench.Contenders.Wolverine;

/// <summary>Sends with confirms, inline: the call returns with the confirm.</summary>
internal sealed class WolverinePublish(BenchTargets targets, int callers) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, "bench.wolverine.publish");
    private WolverineHost _host = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _host = await WolverineHost.SendAsync<Parcel>(targets, _queue, persistent: true, cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        round.Begin();
        await Callers.RunAsync(round.Messages, callers, async number => await _host.Bus.SendAsync(new Parcel(number, Sizes.Text)));
        round.End();
        round.CountTogether(await _queue.PurgeAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _queue.DisposeAsync();
    }
}
