using RabbitMQ.Client;

namespace Mom.Bench.Contenders.Raw;

/// <summary>Two connections, as everybody is advised to have, and one channel with confirms.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly IConnection _publish;
    private readonly IConnection _consume;
    private readonly IChannel _confirms;

    private RawConnection(IConnection publish, IConnection consume, IChannel confirms) =>
        (_publish, _consume, _confirms) = (publish, consume, confirms);

    public static async Task<RawConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = new Uri(connectionString) };
        var publish = await factory.CreateConnectionAsync("raw publish", cancellationToken);
        var consume = await factory.CreateConnectionAsync("raw consume", cancellationToken);
        var confirms = await publish.CreateChannelAsync(
            new CreateChannelOptions(
                publisherConfirmationsEnabled: true,
                publisherConfirmationTrackingEnabled: true,
                outstandingPublisherConfirmationsRateLimiter: null),
            cancellationToken);
        return new RawConnection(publish, consume, confirms);
    }

    /// <summary>Publishes to a queue and waits for the confirm.</summary>
    public ValueTask PublishAsync(string queue, BasicProperties properties, byte[] body, bool mandatory = true) =>
        _confirms.BasicPublishAsync(string.Empty, queue, mandatory, properties, body);

    /// <summary>A channel to consume by.</summary>
    public async Task<IChannel> ConsumingAsync(ushort concurrency, ushort prefetch, CancellationToken cancellationToken)
    {
        var channel = await _consume.CreateChannelAsync(
            new CreateChannelOptions(
                publisherConfirmationsEnabled: false,
                publisherConfirmationTrackingEnabled: false,
                consumerDispatchConcurrency: concurrency),
            cancellationToken);
        await channel.BasicQosAsync(prefetchSize: 0, prefetch, global: false, cancellationToken);
        return channel;
    }

    public async ValueTask DisposeAsync()
    {
        await _confirms.DisposeAsync();
        await _publish.DisposeAsync();
        await _consume.DisposeAsync();
    }
}
