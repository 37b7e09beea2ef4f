using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Messaging.Consuming;

/// <summary>One channel that consumes one queue, from its opening until it ends or is drained.</summary>
internal sealed class ConsumerSession(
    ConsumerRegistration registration,
    MessageProcessor processor,
    ILogger logger,
    CancellationToken hardStop) : IAsyncDisposable
{
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IChannel _channel = null!;
    private string _consumerTag = string.Empty;

    // One more than there are handlers at work, until draining begins: the count reaches zero only after that.
    private int _atWork = 1;
    private volatile bool _draining;

    public async Task StartAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var options = new CreateChannelOptions(
            publisherConfirmationsEnabled: false,
            publisherConfirmationTrackingEnabled: false,
            consumerDispatchConcurrency: registration.Options.Concurrency);
        _channel = await connection.CreateChannelAsync(options, cancellationToken).ConfigureAwait(false);
        _channel.ChannelShutdownAsync += (_, reason) => EndAsync(reason.ReplyText);
        var prefetch = Math.Max(registration.Options.Prefetch, registration.Options.Concurrency);
        await _channel.BasicQosAsync(prefetchSize: 0, prefetch, global: false, cancellationToken).ConfigureAwait(false);

        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += OnReceivedAsync;
        consumer.UnregisteredAsync += (_, _) => EndAsync("the broker cancelled the consumer");
        _consumerTag = await _channel.BasicConsumeAsync(registration.Queue.Name, autoAck: false, consumer, cancellationToken).ConfigureAwait(false);
        Log.Consuming(logger, registration.Queue.Name);
    }

    /// <summary>Consumes until the session ends, or until <paramref name="stoppingToken"/> fires and it is drained.</summary>
    /// <returns>Why the session ended.</returns>
    public async Task<string> RunAsync(CancellationToken stoppingToken)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registrationOfStop = stoppingToken.Register(stopping.SetResult).ConfigureAwait(false);
        if (await Task.WhenAny(_ended.Task, stopping.Task).ConfigureAwait(false) == stopping.Task)
        {
            await DrainAsync().ConfigureAwait(false);
            return "stopped";
        }

        return await _ended.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is not null)
        {
            await _channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    // First no new deliveries, then the handlers that are at work may end, then the channel closes: what was delivered but not
    // begun goes back to the queue as it was, and costs no attempt.
    private async Task DrainAsync()
    {
        _draining = true;
        if (_channel.IsOpen)
        {
            await _channel.BasicCancelAsync(_consumerTag, noWait: false, CancellationToken.None).ConfigureAwait(false);
        }

        Leave();
        await Task.WhenAny(_drained.Task, Task.Delay(Timeout.Infinite, hardStop)).ConfigureAwait(false);
        Log.ConsumerStopped(logger, registration.Queue.Name, Volatile.Read(ref _atWork));
    }

    private async Task OnReceivedAsync(object sender, BasicDeliverEventArgs delivery)
    {
        if (_draining)
        {
            return;
        }

        Interlocked.Increment(ref _atWork);
        var message = EnvelopeProperties.Read(delivery.Exchange, delivery.RoutingKey, delivery.BasicProperties, delivery.Body);
        try
        {
            await processor.ProcessAsync(message, registration, hardStop).ConfigureAwait(false);
            await _channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (hardStop.IsCancellationRequested)
        {
            // Not acked: the broker gives it to somebody else when this channel closes.
        }
#pragma warning disable CA1031 // Thrown on, the client would swallow it and leave the message un-acked for as long as the channel lives.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.NotSettled(logger, exception, message.Type, message.MessageId);
            await EndAsync("a message could not be settled").ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private Task EndAsync(string reason)
    {
        _ended.TrySetResult(reason);
        return Task.CompletedTask;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _atWork) == 0)
        {
            _drained.TrySetResult();
        }
    }
}
