using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using RabbitMQ.Client;

namespace Mom.Bench.Contenders.Raw;

/// <summary>Publishes without confirms: nobody knows whether a message has arrived. The clock stops when all of them are in the queue.</summary>
internal sealed class RawUnconfirmed(BenchTargets targets, int callers) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, "bench.raw.unconfirmed");
    private RawConnection _connection = null!;
    private IChannel _channel = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _connection = await RawConnection.OpenAsync(targets.RabbitMq, cancellationToken);
        _channel = await _connection.ConsumingAsync(concurrency: 1, Sizes.Prefetch, cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        round.Begin();
        await Callers.RunAsync(round.Messages, callers, async number =>
            await _channel.BasicPublishAsync(string.Empty, _queue.Name, mandatory: true, RawProperties.Persistent(), RawBody.Of(number), cancellationToken));
        // On the same channel, so behind all that was published on it.
        await _channel.QueueDeclarePassiveAsync(_queue.Name, cancellationToken);
        round.End();
        round.CountTogether(await _queue.PurgeAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        await _queue.DisposeAsync();
    }
}
