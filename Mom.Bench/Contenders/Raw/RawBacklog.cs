using Mom.Bench.Measuring;
using Mom.Bench.Servers;
using Mom.Messaging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Bench.Contenders.Raw;

/// <summary>One caller asks while a backlog of slow work of low priority waits in the same queue.</summary>
internal sealed class RawBacklog(BenchTargets targets, int backlog) : IWorkload
{
    private readonly BenchQueue _queue = new(targets.RabbitMq, "bench.raw.backlog");
    private RawConnection _connection = null!;
    private RawRequests _requests = null!;
    private int _worked;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _queue.DeclareAsync(cancellationToken);
        _connection = await RawConnection.OpenAsync(targets.RabbitMq, cancellationToken);
        _requests = new RawRequests(_connection);
        await _requests.StartAsync(cancellationToken);
    }

    public Task PrepareAsync(Round round, CancellationToken cancellationToken)
    {
        _worked = 0;
        return Callers.RunAsync(backlog, Sizes.Prefetch, async number =>
            await _connection.PublishAsync(_queue.Name, RawProperties.Persistent(MessagePriority.Background), RawBody.Of(number)));
    }

    public async Task RunAsync(Round round, CancellationToken cancellationToken)
    {
        await using (await RawConsumer.StartAsync(_connection, _queue.Name, Backlog.Concurrency, Backlog.Prefetch, HandleAsync, cancellationToken))
        {
            round.Begin();
            await Callers.RunAsync(round, callers: 1, async number => round.Count(await _requests.RequestAsync(_queue.Name, number)));
        }

        Backlog.Verify(backlog, Volatile.Read(ref _worked), await _queue.PurgeAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await _requests.DisposeAsync();
        await _connection.DisposeAsync();
        await _queue.DisposeAsync();
    }

    private async Task HandleAsync(IChannel channel, BasicDeliverEventArgs delivery)
    {
        var (tag, number, properties) = (delivery.DeliveryTag, RawBody.NumberOf(delivery.Body), delivery.BasicProperties);
        if (properties.ReplyTo is { } replyTo)
        {
            await _connection.PublishAsync(replyTo, RawProperties.Reply(properties.CorrelationId), RawBody.Of(number), mandatory: false);
            await channel.BasicAckAsync(tag, multiple: false, CancellationToken.None);
            return;
        }

        await Task.Delay(Backlog.Work);
        await channel.BasicAckAsync(tag, multiple: false, CancellationToken.None);
        Interlocked.Increment(ref _worked);
    }
}
