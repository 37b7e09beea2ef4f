using Mom.Messaging.Connections;
using Mom.Messaging.Envelopes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

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
            var present = _channel;
            if (present is { IsOpen: true })
            {
                return present;
            }

            var opened = await OpenChannel.OpenAsync(connection.Require()).ConfigureAwait(false);
            _channel = opened;
            if (present is not null)
            {
                await present.DisposeAsync().ConfigureAwait(false);
            }

            return opened;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>
    /// Takes a channel out of use on which a confirm is overdue, and ends it after some time. A queue that never confirms would keep the places
    /// of its messages in the window for ever, and the broker stops reading from a connection for the sake of one queue that does not keep up.
    /// </summary>
    /// <param name="channel">The channel; one that is out of use already is left alone.</param>
    /// <param name="after">By then every publish on it has had its time, so that none is failed for another's sake.</param>
    public void Retire(OpenChannel channel, TimeSpan after)
    {
#pragma warning disable CS0420 // Interlocked is as good as volatile.
        if (Interlocked.CompareExchange(ref _channel, null, channel) == channel)
#pragma warning restore CS0420
        {
            _ = EndAsync(channel, after);
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

    private static async Task EndAsync(OpenChannel channel, TimeSpan after)
    {
        await Task.Delay(after).ConfigureAwait(false);
        try
        {
            await channel.DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It ends with its connection, if not before.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}

/// <summary>One open channel with publisher confirms.</summary>
internal sealed class OpenChannel : IAsyncDisposable
{
    // No rate limiter of the client's: it sleeps up to a second when half used, and bounds the writes only.
    private static readonly CreateChannelOptions Options = new(
        publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true,
        outstandingPublisherConfirmationsRateLimiter: null);

    private readonly CancellationTokenSource _closed = new();
    private readonly IChannel _channel;

    private OpenChannel(IChannel channel)
    {
        _channel = channel;
        channel.ChannelShutdownAsync += (_, _) => _closed.CancelAsync();
    }

    public bool IsOpen => _channel.IsOpen;

    /// <summary>Why the channel ended, or <see langword="null"/> while it is open.</summary>
    public ShutdownEventArgs? CloseReason => _channel.CloseReason;

    public static async Task<OpenChannel> OpenAsync(IConnection connection) =>
        new(await connection.CreateChannelAsync(Options, CancellationToken.None).ConfigureAwait(false));

    /// <summary>Publishes, and waits for the confirm for as long as the channel is open.</summary>
    /// <remarks>
    /// The client fails the outstanding confirms when a channel ends, but not those of a channel that was disposed first, nor of a
    /// publish that slips in after it has looked: without the token they would wait for ever.
    /// </remarks>
    public ValueTask PublishAsync(Envelope envelope, string appId, string? user) =>
        _channel.BasicPublishAsync(
            envelope.Exchange,
            envelope.RoutingKey,
            envelope.Mandatory,
            EnvelopeProperties.Write(envelope, appId, user),
            envelope.Body,
            _closed.Token);

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        await _channel.DisposeAsync().ConfigureAwait(false);
    }
}
