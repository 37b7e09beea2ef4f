using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Bench.Contenders.Raw;

/// <summary>Consumes a queue until it is disposed, and lets running handlers finish. Each handler acks.</summary>
internal sealed class RawConsumer : IAsyncDisposable
{
    private readonly Func<IChannel, BasicDeliverEventArgs, Task> _handle;
    private readonly IChannel _channel;
    private int _atWork;
    private volatile bool _stopping;

    private RawConsumer(IChannel channel, Func<IChannel, BasicDeliverEventArgs, Task> handle) => (_channel, _handle) = (channel, handle);

    public static async Task<RawConsumer> StartAsync(
        RawConnection connection,
        string queue,
        ushort concurrency,
        ushort prefetch,
        Func<IChannel, BasicDeliverEventArgs, Task> handle,
        CancellationToken cancellationToken)
    {
        var channel = await connection.ConsumingAsync(concurrency, prefetch, cancellationToken);
        var self = new RawConsumer(channel, handle);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += self.OnReceivedAsync;
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);
        return self;
    }

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        while (Volatile.Read(ref _atWork) > 0)
        {
            await Task.Delay(1);
        }

        await _channel.DisposeAsync();
    }

    private async Task OnReceivedAsync(object sender, BasicDeliverEventArgs delivery)
    {
        Interlocked.Increment(ref _atWork);
        if (!_stopping)
        {
            await _handle(_channel, delivery);
        }

        Interlocked.Decrement(ref _atWork);
    }
}
