using System.Diagnostics;
using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;

namespace Mom.Messaging.Publishing;

/// <inheritdoc cref="IMessagePublisher"/>
internal sealed class MessagePublisher : IMessagePublisher, IAsyncDisposable
{
    private readonly BrokerConnection _connection;
    private readonly EnvelopeFactory _envelopes;
    private readonly PublisherOptions _options;
    private readonly ConfirmChannel[] _channels;
    private readonly string _appId = AppDomain.CurrentDomain.FriendlyName;
    private uint _next;

    public MessagePublisher(BrokerConnections connections, EnvelopeFactory envelopes, PublisherOptions options)
    {
        _connection = connections.Publish;
        _envelopes = envelopes;
        _options = options;
        _channels = [.. Enumerable.Range(0, options.Channels).Select(_ => new ConfirmChannel(_connection))];
        Window = new PublishWindow(options.Window);
    }

    /// <summary>What is on its way to the broker.</summary>
    internal PublishWindow Window { get; }

    public Task PublishAsync<TMessage>(TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default)
        where TMessage : class => PublishAsync(_envelopes.Create(message, options), cancellationToken);

    public async Task PublishAsync(Envelope envelope, CancellationToken cancellationToken = default)
    {
        Admit(envelope);
        var started = Stopwatch.GetTimestamp();
        await Window.EnterAsync(_options.ConfirmTimeout, cancellationToken).ConfigureAwait(false);
        var publish = PublishAndLeaveAsync(envelope);
        try
        {
            // The waiting ends with the token or the timeout; the publish itself goes on and gives its place back when it ends.
            var left = _options.ConfirmTimeout - Stopwatch.GetElapsedTime(started);
            await publish.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Forget(publish);
            throw new ConfirmTimeoutException(envelope.Type, _options.ConfirmTimeout, _connection.BlockedReason);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Forget(publish);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    // What cannot be sent now takes no place in the window.
    private void Admit(Envelope envelope)
    {
        if (envelope.Body.Length > _options.MaxBodyBytes)
        {
            throw new MessageTooLargeException(envelope.Type, envelope.Body.Length, _options.MaxBodyBytes);
        }

        _connection.Require();
        if (_connection.BlockedReason is { } reason)
        {
            throw new PublishingBlockedException(reason);
        }
    }

    private async Task PublishAndLeaveAsync(Envelope envelope)
    {
        var started = Stopwatch.GetTimestamp();
        OpenChannel? channel = null;
        Exception? failure = null;
        try
        {
            using var parent = MessagingActivities.Resume(envelope);
            channel = await _channels[Interlocked.Increment(ref _next) % (uint)_channels.Length].GetAsync().ConfigureAwait(false);
            await channel.PublishAsync(envelope, _appId).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = PublishFailure.From(exception, envelope, channel?.CloseReason);
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

    // Its caller has been told already; an exception must not surface a second time as unobserved.
    private static void Forget(Task publish) =>
        _ = publish.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
