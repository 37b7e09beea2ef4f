using System.Diagnostics;
using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using Mom.Messaging.Pipeline;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Mom.Messaging.Publishing;

/// <inheritdoc cref="IMessagePublisher"/>
internal sealed class MessagePublisher : IMessagePublisher, IAsyncDisposable
{
    private const int NotFound = 404;
    private const int AccessRefused = 403;
    private const int PreconditionFailed = 406;

    private readonly BrokerConnection _connection;
    private readonly EnvelopeFactory _envelopes;
    private readonly PublisherOptions _options;
    private readonly ConfirmChannel[] _channels;
    private readonly LoneChannel _alone;
    private readonly string _appId = AppDomain.CurrentDomain.FriendlyName;
    private readonly string? _user;
    private readonly PublishingStep? _middleware;
    private uint _next;
    private int _disposed;

    public MessagePublisher(
        BrokerConnections connections, EnvelopeFactory envelopes, PublisherOptions options, BrokerUser user, IEnumerable<IPublishingMiddleware> middleware)
    {
        _middleware = MiddlewareChain.Of([.. middleware], context => SendAsync(context.Envelope, context.CancellationToken));
        _connection = connections.Publish;
        _envelopes = envelopes;
        _options = options;
        _channels = [.. Enumerable.Range(0, options.Channels).Select(_ => new ConfirmChannel(_connection))];
        _user = user.Name;
        _alone = new LoneChannel(_connection, _user);
        Window = new PublishWindow(options.Window);
    }

    /// <summary>What is on its way to the broker.</summary>
    internal PublishWindow Window { get; }

    public Task PublishAsync<TMessage>(TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default)
        where TMessage : class => PublishAsync(_envelopes.Create(message, options), message, cancellationToken);

    public Task PublishAsync(Envelope envelope, CancellationToken cancellationToken = default) => PublishAsync(envelope, message: null, cancellationToken);

    /// <summary>Publishes a message that is serialised already, and still known.</summary>
    internal Task PublishAsync(Envelope envelope, object? message, CancellationToken cancellationToken) =>
        _middleware is null ? SendAsync(envelope, cancellationToken) : _middleware(new PublishingContext(envelope, message, cancellationToken));

    /// <summary>Publishes a message past all middleware: a copy of one that was sent before, or a reply.</summary>
    internal async Task SendAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        Admit(envelope);
        var started = Stopwatch.GetTimestamp();
        await Window.EnterAsync(_options.ConfirmTimeout, cancellationToken).ConfigureAwait(false);
        var used = new UsedChannel(_channels[Interlocked.Increment(ref _next) % (uint)_channels.Length]);
        var publish = PublishAndLeaveAsync(envelope, used);
        try
        {
            // The waiting ends with the token or the timeout; the publish itself goes on and gives its place back when it ends.
            var left = _options.ConfirmTimeout - Stopwatch.GetElapsedTime(started);
            await publish.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Forget(publish);
            Retire(used);
            throw new ConfirmTimeoutException(envelope.Type, _options.ConfirmTimeout, _connection.BlockedReason);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Forget(publish);
            _ = RetireIfOverdueAsync(publish, used, _options.ConfirmTimeout - Stopwatch.GetElapsedTime(started));
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // It is registered by its interface and by itself, and each registration disposes it.
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        foreach (var channel in _channels)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
        }

        _alone.Dispose();
    }

    // What cannot be sent now takes no place in the window.
    private void Admit(Envelope envelope)
    {
        if (envelope.Body.Length > _options.MaxBodyBytes && !envelope.AnySize)
        {
            throw new MessageTooLargeException(envelope.Type, envelope.Body.Length, _options.MaxBodyBytes);
        }

        var limit = WireSize.Limit(_connection.Require());
        var headers = WireSize.HeaderFrame(envelope, _appId, _user);
        if (headers > limit)
        {
            throw MessageTooLargeException.Headers(envelope.Type, headers, limit);
        }

        if (_connection.BlockedReason is { } reason)
        {
            throw new PublishingBlockedException(reason);
        }
    }

    // While the broker blocks the connection no channel is at fault.
    private void Retire(UsedChannel used)
    {
        if (used.Open is { } channel && _connection.BlockedReason is null)
        {
            used.Place.Retire(channel, _options.ConfirmTimeout);
        }
    }

    // A caller who has gone sooner than the confirm is due leaves its place in the window to be given back all the same.
    private async Task RetireIfOverdueAsync(Task publish, UsedChannel used, TimeSpan left)
    {
        var ended = await Task.WhenAny(publish, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero)).ConfigureAwait(false);
        if (ended != publish)
        {
            Retire(used);
        }
    }

    private async Task PublishAndLeaveAsync(Envelope envelope, UsedChannel used)
    {
        var started = Stopwatch.GetTimestamp();
        OpenChannel? channel = null;
        Exception? failure = null;
        try
        {
            using var parent = MessagingActivities.Resume(envelope);
            if (_alone.IsNeeded(envelope))
            {
                await _alone.PublishAsync(envelope, _appId).ConfigureAwait(false);
                return;
            }

            used.Open = channel = await used.Place.GetAsync().ConfigureAwait(false);
            await channel.PublishAsync(envelope, _appId, _user).ConfigureAwait(false);
        }
        catch (Exception) when (channel?.CloseReason is { Initiator: ShutdownInitiator.Peer, ReplyCode: AccessRefused or PreconditionFailed })
        {
            // One of the messages on the channel is at fault, and nothing says which. Alone, the innocent are confirmed and the guilty is known.
            try
            {
                await _alone.PublishAsync(envelope, _appId).ConfigureAwait(false);
            }
            catch (Exception alone)
            {
                failure = FailureOf(alone, envelope, closeReason: null);
                throw failure == alone ? alone : failure;
            }
        }
        catch (Exception exception)
        {
            failure = FailureOf(exception, envelope, channel?.CloseReason);
            if (failure == exception)
            {
                throw;
            }

            throw failure;
        }
        finally
        {
            MessagingMetrics.Sent(envelope, Stopwatch.GetElapsedTime(started), failure);
            Window.Leave();
        }
    }

    // The exception to throw in place of the client's, so that the caller knows whether the message may have arrived; what is not known
    // stays as it is.
    private static Exception FailureOf(Exception exception, Envelope envelope, ShutdownEventArgs? closeReason) => exception switch
    {
        PublishException { IsReturn: true } => new MessageUnroutableException(envelope.Type, envelope.Exchange, envelope.RoutingKey, exception),
        PublishException => new MessageRefusedException(envelope.Type, exception),
        _ when closeReason is not null && IsMissingExchange(envelope, closeReason) =>
            new MessageUnroutableException(envelope.Type, envelope.Exchange, envelope.RoutingKey, exception),
        OperationInterruptedException or OperationCanceledException or IOException or ObjectDisposedException or TimeoutException
            or System.Threading.Channels.ChannelClosedException =>
            new ConnectionLostException(envelope.Type, closeReason?.ReplyText ?? exception.Message, exception),
        _ => exception,
    };

    // The broker closes the whole channel for one message to an exchange that is not there, and says which exchange it was:
    // "NOT_FOUND - no exchange 'mom.events' in vhost '/'". Other messages on the channel lost their connection only.
    private static bool IsMissingExchange(Envelope envelope, ShutdownEventArgs reason) =>
        reason.ReplyCode == NotFound && reason.ReplyText.Contains($"no exchange '{envelope.Exchange}'", StringComparison.Ordinal);

    // Its caller has been told already; an exception must not surface a second time as unobserved.
    private static void Forget(Task publish) =>
        _ = publish.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    // Which channel a publish goes by, once that is known.
    private sealed class UsedChannel(ConfirmChannel place)
    {
        private volatile OpenChannel? _open;

        public ConfirmChannel Place => place;

        public OpenChannel? Open
        {
            get => _open;
            set => _open = value;
        }
    }
}
