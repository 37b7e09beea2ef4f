using Mom.Messaging.Connections;
using RabbitMQ.Client;

namespace Mom.Messaging.Publishing;

/// <summary>
/// One long-lived channel with publisher confirms, shared by many publishes at a time: the client serialises the frames and
/// matches the confirms. It is replaced when it has closed.
/// </summary>
internal sealed class ConfirmChannel(BrokerConnection connection) : IAsyncDisposable
{
    // No rate limiter of the client's: it sleeps up to a second when half used. The publisher bounds what is in flight.
    private static readonly CreateChannelOptions Options = new(
        publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true,
        outstandingPublisherConfirmationsRateLimiter: null);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile IChannel? _channel;

    /// <summary>The open channel.</summary>
    /// <exception cref="Errors.BrokerUnavailableException">There is no connection.</exception>
    public async ValueTask<IChannel> GetAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true } open)
        {
            return open;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_channel is not { IsOpen: true })
            {
                var closed = _channel;
                _channel = await connection.Require().CreateChannelAsync(Options, cancellationToken).ConfigureAwait(false);
                if (closed is not null)
                {
                    await closed.DisposeAsync().ConfigureAwait(false);
                }
            }

            return _channel;
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
        }

        _opening.Dispose();
    }
}
