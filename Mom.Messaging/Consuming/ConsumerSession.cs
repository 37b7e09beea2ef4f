using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;
using Mom.Messaging.Envelopes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Mom.Messaging.Consuming;

/// <summary>
/// One channel that consumes one queue, from its opening until it ends or is drained. What is received waits, ordered by priority,
/// until one of the lane's places is free.
/// </summary>
internal sealed class ConsumerSession : IAsyncDisposable
{
    private readonly LaneState _lane;
    private readonly TimeProvider _time;
    // Whatever the application's connection factory says: deliveries come in here in the order of their tags. An ack of all up to a tag would otherwise
    // take along a delivery that has not come in yet, and that message would be lost.
    private static readonly CreateChannelOptions OneByOne = new(
        publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: 1);

    private readonly ILogger _logger;
    private readonly SessionWork _work;
    private readonly DeliveryHandler _handler;
    private readonly string? _members;
    private readonly Acks _acks;

    // Nothing to dispose: it has no timer, and is linked to nothing.
    private readonly CancellationTokenSource _settle = new();
    private readonly TaskCompletionSource _hardStopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _onHardStop;
    private readonly CancellationTokenSource _dispatching = new();
    private readonly CancellationTokenSource _drain = new();
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<Delivery> _received;

    private readonly TaskCompletionSource _unregistered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _unregistering;
    private IChannel _channel = null!;
    private string _consumerTag = string.Empty;

    public ConsumerSession(LaneState lane, ConsumerRegistration registration, DeliveryHandler handler, TimeProvider time, ILogger logger, CancellationToken hardStop)
    {
        _lane = lane;
        _time = time;
        _logger = logger;
        _handler = handler;
        _members = registration.Queue.IsPartitioned ? registration.Queue.MembersQueue : null;
        _acks = new Acks(NotAcked);
        _received = Channel.CreateUnboundedPrioritized(new UnboundedPrioritizedChannelOptions<Delivery> { Comparer = lane.Lane.Order, SingleReader = lane.Keys is null });
        _work = new SessionWork(lane, registration, handler, time, logger, new SessionTokens(hardStop, _drain.Token, _settle.Token), AckAsync, End, Leave);
        // The only thing that the process's token knows of a session, which it outlives by far: taken back at the end.
        _onHardStop = hardStop.UnsafeRegister(static session => ((ConsumerSession)session!).HardStop(), this);
    }

    /// <summary>Whether anything has come in: of the consumers of a partition, only the active one receives.</summary>
    public bool HasReceived { get; private set; }

    /// <summary>Whether it counts in the share of this process; see <see cref="Keys.PartitionShare"/>.</summary>
    public bool CountsAsActive { get; set; }

    /// <summary>Whether messages can come in and be begun.</summary>
    public bool IsReceiving { get; private set; }

    public async Task StartAsync(IConnection connection, CancellationToken cancellationToken)
    {
        _channel = await connection.CreateChannelAsync(OneByOne, cancellationToken).ConfigureAwait(false);
        _acks.Begin(_channel);
        _channel.ChannelShutdownAsync += (_, reason) =>
        {
            _lane.Hold.Learn(reason.ReplyText);
            End(reason.ReplyText);
            return Task.CompletedTask;
        };
        await _channel.BasicQosAsync(prefetchSize: 0, _lane.Lane.Prefetch, global: false, cancellationToken).ConfigureAwait(false);

        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += OnReceivedAsync;
        consumer.UnregisteredAsync += (_, _) =>
        {
            // Told of the session's own cancel too, behind all deliveries.
            if (!_unregistering)
            {
                End("the broker cancelled the consumer");
            }

            _unregistered.TrySetResult();
            return Task.CompletedTask;
        };
        if (_members is not null)
        {
            // Nothing comes from there: it is there to be counted.
            await _channel.BasicConsumeAsync(_members, autoAck: true, new AsyncEventingBasicConsumer(_channel), cancellationToken).ConfigureAwait(false);
        }

        _consumerTag = await _channel.BasicConsumeAsync(_lane.Lane.Queue, autoAck: false, consumer, cancellationToken).ConfigureAwait(false);
        IsReceiving = true;
        Log.Consuming(_logger, _lane.Lane.Queue);
    }

    /// <summary>Consumes until the session ends, or until <paramref name="stoppingToken"/> fires and it is drained.</summary>
    /// <returns>Why the session ended.</returns>
    public async Task<string> RunAsync(CancellationToken stoppingToken)
    {
        var dispatching = _work.DispatchAsync(_received.Reader, _dispatching.Token);
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registrationOfStop = stoppingToken.Register(stopping.SetResult).ConfigureAwait(false);
        var first = await Task.WhenAny(_ended.Task, stopping.Task, _leaving.Task).ConfigureAwait(false);
        if (first != _ended.Task)
        {
            await DrainAsync(dispatching).ConfigureAwait(false);
            return first == stopping.Task ? "stopped" : await _leaving.Task.ConfigureAwait(false);
        }

        await _dispatching.CancelAsync().ConfigureAwait(false);
        await dispatching.ConfigureAwait(false);
        return await _ended.Task.ConfigureAwait(false);
    }

    /// <summary>Ends the session; what it has in flight can no longer be acked.</summary>
    public void End(string reason)
    {
        if (_ended.TrySetResult(reason))
        {
            _settle.Cancel();
        }
    }

    /// <summary>Ends the session as a stop does: what is being handled is finished and acked, all else goes back to the queue.</summary>
    public void Leave(string reason) => _leaving.TrySetResult(reason);

    /// <summary>Takes the consumer off behind everybody's back: the channel stays open, and nothing is delivered any more. For tests.</summary>
    internal Task FallSilentAsync() => _channel.BasicCancelAsync(_consumerTag, noWait: true);

    public async ValueTask DisposeAsync()
    {
        End("disposed");
        await _onHardStop.DisposeAsync().ConfigureAwait(false);
        if (CountsAsActive)
        {
            CountsAsActive = false;
            _lane.Share!.Active(-1);
        }

        _work.Dispose();
        if (_channel is not null)
        {
            await _channel.DisposeAsync().ConfigureAwait(false);
        }

        _dispatching.Dispose();
        _drain.Dispose();
    }

    // First no new deliveries, then the handlers that are at work may end, then the channel closes: what was delivered but not
    // begun goes back to the queue, and costs no attempt.
    private async Task DrainAsync(Task dispatching)
    {
        if (_lane.Lane.Charges && _channel.IsOpen)
        {
            await BeginAllAsync(dispatching).ConfigureAwait(false);
        }

        await _dispatching.CancelAsync().ConfigureAwait(false);
        // A partition has its next consumer as soon as this one is cancelled, and it must not begin while there is a handler at work here. What comes
        // in meanwhile goes back, in its order, when the channel closes.
        if (!_unregistering && !_lane.Lane.IsOrdered && _channel.IsOpen)
        {
            // Without waiting for the answer: it comes behind all deliveries, and a broker that is frozen gives none.
            await _channel.BasicCancelAsync(_consumerTag, noWait: true, CancellationToken.None).ConfigureAwait(false);
        }

        await dispatching.ConfigureAwait(false);
        IsReceiving = false;
        // Not before: what is given back must not come in here again.
        await _drain.CancelAsync().ConfigureAwait(false);
        var end = Task.WhenAny(_ended.Task, _hardStopped.Task);
        await Task.WhenAny(_work.FinishAsync(), end).ConfigureAwait(false);
        // The channel closes next.
        await Task.WhenAny(_acks.SentAsync(), end).ConfigureAwait(false);
        Log.ConsumerStopped(_logger, _lane.Lane.Queue, _work.AtWork);
    }

    // What goes back to this lane's queue without having been begun would be charged like a message that was being handled when its
    // process died. So it is begun: as many as the broker hands out here have a place. Its answer comes behind all deliveries; when it is
    // frozen there is none, and the session ends with its connection.
    private async Task BeginAllAsync(Task dispatching)
    {
        _unregistering = true;
        var cancelled = Task.WhenAll(_channel.BasicCancelAsync(_consumerTag, noWait: false, CancellationToken.None), _unregistered.Task);
        var end = Task.WhenAny(_ended.Task, _hardStopped.Task);
        await Task.WhenAny(cancelled, end).ConfigureAwait(false);
        _received.Writer.TryComplete();
        await Task.WhenAny(dispatching, end).ConfigureAwait(false);
    }

    private void HardStop()
    {
        _hardStopped.TrySetResult();
        _settle.Cancel();
    }

    private Task OnReceivedAsync(object sender, BasicDeliverEventArgs delivery)
    {
        _lane.Delivered();
        if (!HasReceived)
        {
            HasReceived = true;
            if (_lane.Share is { } share)
            {
                CountsAsActive = true;
                share.Active(1);
            }
        }

        _acks.Received(delivery.DeliveryTag);
        _received.Writer.TryWrite(new Delivery(
            EnvelopeProperties.Read(delivery.Exchange, delivery.RoutingKey, delivery.BasicProperties, delivery.Body, _handler.User),
            delivery.DeliveryTag,
            delivery.Redelivered,
            _time.GetTimestamp(),
            MessagingActivities.Bounded(Activity.Current?.Context ?? MessagingActivities.ContextOf(delivery.BasicProperties))));
        return Task.CompletedTask;
    }

    private void NotAcked(Exception exception)
    {
        // The session that ends with its channel has said so.
        if (!_ended.Task.IsCompleted)
        {
            Log.NotSettled(_logger, exception, _lane.Lane.Queue);
            End("a message could not be acked");
        }
    }

    private async ValueTask AckAsync(Delivery delivery)
    {
        _acks.Handled(delivery.Tag);
        if (_lane.Lane.IsOrdered ? delivery.Alone : delivery.Redelivered)
        {
            await _acks.SentAsync().ConfigureAwait(false);
            // Acks have no answer. That of any other method says that the broker has taken what was sent before it.
            await _channel.BasicQosAsync(prefetchSize: 0, _lane.Lane.Prefetch, global: false, _settle.Token).ConfigureAwait(false);
        }
    }
}
