using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Messaging.Testing.Broker;

/// <summary>A connection to the broker in memory.</summary>
internal sealed class MemoryConnection(MemoryBroker broker, string name) : IConnection
{
    // What RabbitMQ negotiates by default.
    private const uint DefaultFrameMax = 131_072;

    private readonly Lock _lock = new();
    private readonly List<MemoryChannel> _channels = [];
    private int _lastChannel;

    public event AsyncEventHandler<ShutdownEventArgs>? ConnectionShutdownAsync;

    public event AsyncEventHandler<CallbackExceptionEventArgs>? CallbackExceptionAsync
    {
        add { }
        remove { }
    }

    public event AsyncEventHandler<AsyncEventArgs>? RecoverySucceededAsync
    {
        add { }
        remove { }
    }

    public event AsyncEventHandler<ConnectionRecoveryErrorEventArgs>? ConnectionRecoveryErrorAsync
    {
        add { }
        remove { }
    }

    public event AsyncEventHandler<ConsumerTagChangedAfterRecoveryEventArgs>? ConsumerTagChangeAfterRecoveryAsync
    {
        add { }
        remove { }
    }

    public event AsyncEventHandler<QueueNameChangedAfterRecoveryEventArgs>? QueueNameChangedAfterRecoveryAsync
    {
        add { }
        remove { }
    }

    public event AsyncEventHandler<RecoveringConsumerEventArgs>? RecoveringConsumerAsync
    {
        add { }
        remove { }
    }

    public event AsyncEventHandler<ConnectionBlockedEventArgs>? ConnectionBlockedAsync
    {
        add { }
        remove { }
    }

    public event AsyncEventHandler<AsyncEventArgs>? ConnectionUnblockedAsync
    {
        add { }
        remove { }
    }

    public ushort ChannelMax => ushort.MaxValue;

    public IDictionary<string, object?> ClientProperties { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    public ShutdownEventArgs? CloseReason { get; private set; }

    public AmqpTcpEndpoint Endpoint { get; } = new("in-memory");

    public uint FrameMax => DefaultFrameMax;

    public TimeSpan Heartbeat => TimeSpan.Zero;

    public bool IsOpen => CloseReason is null;

    public IProtocol Protocol => Protocols.DefaultProtocol;

    public IDictionary<string, object?>? ServerProperties { get; } =
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["product"] = "in-memory"u8.ToArray(), ["version"] = "4.1.0"u8.ToArray() };

    public IEnumerable<ShutdownReportEntry> ShutdownReport => [];

    public string? ClientProvidedName => name;

    public int LocalPort => 0;

    public int RemotePort => 0;

    public Task UpdateSecretAsync(string newSecret, string reason, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<IChannel> CreateChannelAsync(CreateChannelOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (CloseReason is { } reason)
            {
                throw new RabbitMQ.Client.Exceptions.AlreadyClosedException(reason);
            }

            var channel = new MemoryChannel(broker, this, ++_lastChannel, options?.PublisherConfirmationTrackingEnabled ?? false);
            _channels.Add(channel);
            return Task.FromResult<IChannel>(channel);
        }
    }

    public async Task CloseAsync(ushort reasonCode, string reasonText, TimeSpan timeout, bool abort, CancellationToken cancellationToken = default)
    {
        List<MemoryChannel> channels;
        var reason = new ShutdownEventArgs(ShutdownInitiator.Application, reasonCode, reasonText);
        lock (_lock)
        {
            if (CloseReason is not null)
            {
                return;
            }

            CloseReason = reason;
            channels = [.. _channels];
        }

        foreach (var channel in channels)
        {
            await channel.EndAsync(reason).ConfigureAwait(false);
        }

        broker.Ended(this);
        if (ConnectionShutdownAsync is { } shutdown)
        {
            await shutdown(this, reason).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync(Constants.ReplySuccess, "Goodbye", Timeout.InfiniteTimeSpan, abort: true, CancellationToken.None).ConfigureAwait(false);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    internal void Forget(MemoryChannel channel)
    {
        lock (_lock)
        {
            _channels.Remove(channel);
        }
    }
}
