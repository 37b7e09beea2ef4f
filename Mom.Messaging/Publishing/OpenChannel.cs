using Mom.Messaging.Envelopes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Messaging.Publishing;

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
    public ValueTask PublishAsync(Envelope envelope, string appId) =>
        _channel.BasicPublishAsync(
            envelope.Exchange,
            envelope.RoutingKey,
            envelope.Mandatory,
            EnvelopeProperties.Write(envelope, appId),
            envelope.Body,
            _closed.Token);

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        await _channel.DisposeAsync().ConfigureAwait(false);
    }
}
