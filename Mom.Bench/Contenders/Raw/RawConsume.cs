using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Bench.Contenders.Raw;

/// <summary>Empties a full queue, acking each message after it was handled.</summary>
internal sealed class RawConsume(BenchTargets targets, bool quorum = false) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, $"bench.raw.consume{(quorum ? ".quorum" : "")}", quorum);
    private RawConnection _connection = null!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _connection = await RawConnection.OpenAsync(targets.RabbitMq, cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken) =>
        Callers.RunAsync(round.Messages, Sizes.Prefetch, async number =>
            await _connection.PublishAsync(_queue.Name, RawProperties.Persistent(), RawBody.Of(number)));

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        await using (await RawConsumer.StartAsync(_connection, _queue.Name, Sizes.Concurrency, Sizes.Prefetch, HandleAsync, cancellationToken))
        {
            await round.AllCounted.WaitAsync(cancellationToken);
        }

        await _queue.DemandEmptyAsync(cancellationToken);

        async Task HandleAsync(IChannel channel, BasicDeliverEventArgs delivery)
        {
            round.Begin();
            var number = RawBody.NumberOf(delivery.Body);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None);
            round.Count(number);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _queue.DisposeAsync();
    }
}
