using Mom.Bench.Measuring;
using Mom.Bench.Servers;

namespace Mom.Bench.Contenders.Raw;

/// <summary>Publishes with confirms: persistent, mandatory.</summary>
internal sealed class RawPublish(BenchTargets targets, int callers, bool quorum = false) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, $"bench.raw.publish{(quorum ? ".quorum" : "")}", quorum);
    private RawConnection _connection = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _connection = await RawConnection.OpenAsync(targets.RabbitMq, cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        round.Begin();
        await Callers.RunAsync(round.Messages, callers, async number =>
            await _connection.PublishAsync(_queue.Name, RawProperties.Persistent(), RawBody.Of(number)));
        round.End();
        round.CountTogether(await _queue.PurgeAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _queue.DisposeAsync();
    }
}
