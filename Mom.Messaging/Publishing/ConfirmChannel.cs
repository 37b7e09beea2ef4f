using Mom.Messaging.Connections;

namespace Mom.Messaging.Publishing;

/// <summary>
/// One long-lived channel, shared by many publishes at a time: the client serialises the frames and matches the confirms. It is
/// replaced when it has closed.
/// </summary>
internal sealed class ConfirmChannel(BrokerConnection connection) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile OpenChannel? _channel;

    /// <summary>The open channel.</summary>
    /// <exception cref="Errors.BrokerUnavailableException">There is no connection.</exception>
    public async ValueTask<OpenChannel> GetAsync()
    {
        if (_channel is { IsOpen: true } open)
        {
            return open;
        }

        await _opening.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_channel is not { IsOpen: true })
            {
                var closed = _channel;
                _channel = await OpenChannel.OpenAsync(connection.Require()).ConfigureAwait(false);
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
