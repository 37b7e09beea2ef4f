using Mom.Bench.Contenders.Engine.Messages;
using Mom.Bench.Measuring;
using Mom.Bench.Servers;

namespace Mom.Bench.Contenders.Engine;

/// <summary>Publishes with confirms: envelope, source-generated JSON, persistent, mandatory.</summary>
internal sealed class EnginePublish(BenchTargets targets, int callers, bool quorum = false, bool traced = false) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, EngineHost.Queue, quorum);
    private EngineHost _host = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _host = await EngineHost.StartAsync(targets, topology: EngineHost.Topology(quorum), cancellationToken: cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        using (Tracing.If(traced))
        {
            var publisher = _host.Publisher;
            round.Begin();
            await Callers.RunAsync(round.Messages, callers, number => publisher.PublishAsync(new Parcel(number, Sizes.Text), cancellationToken: cancellationToken));
            round.End();
        }

        round.CountTogether(await _queue.PurgeAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _queue.DisposeAsync();
    }
}
