using Mom.Messaging.Connections;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using Mom.Messaging.Errors;
using RabbitMQ.Client.Exceptions;

namespace Mom.Messaging.Publishing;

/// <inheritdoc cref="IMessagePublisher"/>
internal sealed class MessagePublisher : IMessagePublisher, IAsyncDisposable
{
    private readonly BrokerConnection _connection;
    private readonly EnvelopeFactory _envelopes;
    private readonly PublisherOptions _options;
    private readonly ConfirmChannel[] _channels;
    private readonly SemaphoreSlim _window;
    private readonly string _appId = AppDomain.CurrentDomain.FriendlyName;
    private uint _next;

    public MessagePublisher(BrokerConnections connections, EnvelopeFactory envelopes, PublisherOptions options)
    {
        _connection = connections.Publish;
        _envelopes = envelopes;
        _options = options;
        _channels = [.. Enumerable.Range(0, options.Channels).Select(_ => new ConfirmChannel(_connection))];
        _window = new SemaphoreSlim(options.Window, options.Window);
    }

    public Task PublishAsync<TMessage>(TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default)
        where TMessage : class => PublishAsync(_envelopes.Create(message, options), cancellationToken);

    public async Task PublishAsync(Envelope envelope, CancellationToken cancellationToken = default)
    {
        if (_connection.BlockedReason is { } reason)
        {
            throw new BrokerUnavailableException($"The broker accepts no messages at present ({reason}). Try again later.");
        }

        _connection.Require();
        await _window.WaitAsync(cancellationToken).ConfigureAwait(false);
        var publish = PublishAndReleaseAsync(envelope);
        try
        {
            // The waiting ends with the token or the timeout; the publish itself goes on and gives its place back when it ends.
            await publish.WaitAsync(_options.ConfirmTimeout, cancellationToken).ConfigureAwait(false);
            MessagingMetrics.Sent(envelope);
        }
        catch (TimeoutException exception)
        {
            Forget(publish);
            throw new MessageNotConfirmedException($"The broker did not confirm '{envelope.Type}' within {_options.ConfirmTimeout.TotalSeconds:0.#} s.", exception);
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

        _window.Dispose();
    }

    private async Task PublishAndReleaseAsync(Envelope envelope)
    {
        try
        {
            using var parent = MessagingActivities.Resume(envelope);
            var channel = await _channels[Interlocked.Increment(ref _next) % (uint)_channels.Length].GetAsync(CancellationToken.None).ConfigureAwait(false);
            await channel.BasicPublishAsync(
                envelope.Exchange,
                envelope.RoutingKey,
                envelope.Mandatory,
                EnvelopeProperties.Write(envelope, _appId),
                envelope.Body,
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (PublishException exception) when (exception.IsReturn)
        {
            throw new MessageUnroutableException($"No queue takes '{envelope.Type}' at '{envelope.Exchange}' with key '{envelope.RoutingKey}'. Was the topology declared, or a binding deleted?", exception);
        }
        catch (PublishException exception)
        {
            throw new MessageNotConfirmedException($"The broker refused '{envelope.Type}': its queue is full, or a node of it is away. Try again later.", exception);
        }
        catch (Exception exception) when (exception is OperationInterruptedException or IOException or ObjectDisposedException)
        {
            throw new MessageNotConfirmedException($"The connection broke before the broker confirmed '{envelope.Type}'.", exception);
        }
        finally
        {
            _window.Release();
        }
    }

    // Its caller has been told already; an exception must not surface a second time as unobserved.
    private static void Forget(Task publish) =>
        _ = publish.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
