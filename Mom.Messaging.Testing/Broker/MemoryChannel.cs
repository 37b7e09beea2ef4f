using System.Diagnostics;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Mom.Messaging.Testing.Broker;

/// <summary>A channel: publishes, and hands messages to consumers, one callback after the other as RabbitMQ.Client does.</summary>
internal sealed partial class MemoryChannel : IChannel
{
    private const string TraceParent = "traceparent";

    private readonly MemoryBroker _broker;
    private readonly MemoryConnection _connection;
    private readonly bool _tracksConfirms;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ulong, Unacked> _unacked = [];
    private readonly Dictionary<string, MemoryConsumer> _consumers = new(StringComparer.Ordinal);
    private readonly Channel<Func<Task>> _callbacks = Channel.CreateUnbounded<Func<Task>>(new UnboundedChannelOptions { SingleReader = true });
    private ulong _lastTag;
    private ulong _lastPublish;
    private ushort _prefetch;
    private bool _pumping;

    public MemoryChannel(MemoryBroker broker, MemoryConnection connection, int number, bool tracksConfirms) =>
        (_broker, _connection, ChannelNumber, _tracksConfirms) = (broker, connection, number, tracksConfirms);

    public event AsyncEventHandler<ShutdownEventArgs>? ChannelShutdownAsync;

    public event AsyncEventHandler<BasicReturnEventArgs>? BasicReturnAsync;

    public event AsyncEventHandler<BasicAckEventArgs>? BasicAcksAsync
    {
        add { }
        remove { }
    }

    public event AsyncEventHandler<BasicNackEventArgs>? BasicNacksAsync
    {
        add { }
        remove { }
    }

    public event AsyncEventHandler<CallbackExceptionEventArgs>? CallbackExceptionAsync
    {
        add { }
        remove { }
    }

    public event AsyncEventHandler<FlowControlEventArgs>? FlowControlAsync
    {
        add { }
        remove { }
    }

    public int ChannelNumber { get; }

    public ShutdownEventArgs? CloseReason { get; private set; }

    public IAsyncBasicConsumer? DefaultConsumer { get; set; }

    public bool IsClosed => !IsOpen;

    public bool IsOpen => CloseReason is null && _connection.IsOpen;

    public string? CurrentQueue { get; private set; }

    public TimeSpan ContinuationTimeout { get; set; } = TimeSpan.FromSeconds(20);

    public ValueTask<ulong> GetNextPublishSequenceNumberAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(_lastPublish + 1);

    public async ValueTask BasicPublishAsync<TProperties>(
        string exchange, string routingKey, bool mandatory, TProperties basicProperties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
        where TProperties : IReadOnlyBasicProperties, IAmqpHeader
    {
        RequireOpen();
        cancellationToken.ThrowIfCancellationRequested();
        var number = Interlocked.Increment(ref _lastPublish);
        var properties = StoredMessage.Travelled(basicProperties);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } trace } && properties.Headers?.ContainsKey(TraceParent) != true)
        {
            // The client's own span of the publish would be the parent; here it is that of the code.
            properties.Headers ??= new Dictionary<string, object?>(StringComparer.Ordinal);
            properties.Headers[TraceParent] = System.Text.Encoding.UTF8.GetBytes(trace);
        }

        PublishOutcome outcome;
        try
        {
            outcome = _broker.Publish(exchange, routingKey, properties, body.ToArray());
        }
        catch (RefusedByBrokerException refused)
        {
            throw new AlreadyClosedException(await CloseForAsync(refused).ConfigureAwait(false));
        }

        if (outcome == PublishOutcome.Unroutable && mandatory)
        {
            if (_tracksConfirms)
            {
                throw new PublishReturnException(number, "The message was returned.", exchange, routingKey, Constants.NoRoute, "NO_ROUTE");
            }

            if (BasicReturnAsync is { } returned)
            {
                await returned(this, new BasicReturnEventArgs(Constants.NoRoute, "NO_ROUTE", exchange, routingKey, properties, body, cancellationToken)).ConfigureAwait(false);
            }
        }

        if (outcome == PublishOutcome.Refused && _tracksConfirms)
        {
            throw new PublishException(number, isReturn: false);
        }
    }

    public ValueTask BasicPublishAsync<TProperties>(
        CachedString exchange, CachedString routingKey, bool mandatory, TProperties basicProperties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
        where TProperties : IReadOnlyBasicProperties, IAmqpHeader =>
        BasicPublishAsync(exchange.Value, routingKey.Value, mandatory, basicProperties, body, cancellationToken);

    public Task BasicQosAsync(uint prefetchSize, ushort prefetchCount, bool global, CancellationToken cancellationToken = default)
    {
        RequireOpen();
        _prefetch = prefetchCount;
        return Task.CompletedTask;
    }

    public Task<string> BasicConsumeAsync(
        string queue, bool autoAck, string consumerTag, bool noLocal, bool exclusive, IDictionary<string, object?>? arguments, IAsyncBasicConsumer consumer, CancellationToken cancellationToken = default) =>
        AskAsync(() =>
        {
            var tag = consumerTag.Length > 0 ? consumerTag : $"consumer-{Guid.NewGuid():N}";
            var made = _broker.Consume(queue, tag, this, consumer, autoAck, _prefetch);
            lock (_lock)
            {
                _consumers[tag] = made;
            }

            return tag;
        });

    public Task BasicCancelAsync(string consumerTag, bool noWait = false, CancellationToken cancellationToken = default)
    {
        RequireOpen();
        MemoryConsumer? consumer;
        lock (_lock)
        {
            _consumers.Remove(consumerTag, out consumer);
        }

        if (consumer is not null)
        {
            _broker.Cancel(consumer, returns: false);
            Dispatch(() => consumer.Callbacks.HandleBasicCancelOkAsync(consumerTag, CancellationToken.None));
        }

        return Task.CompletedTask;
    }

    public Task<BasicGetResult?> BasicGetAsync(string queue, bool autoAck, CancellationToken cancellationToken = default) =>
        AskAsync(() => _broker.Get(queue, this, autoAck, out var tag, out var left) is { } message
            ? new BasicGetResult(tag, message.Redelivered, message.Exchange, message.RoutingKey, left, message.Properties, message.Body)
            : null);

    public ValueTask BasicAckAsync(ulong deliveryTag, bool multiple, CancellationToken cancellationToken = default) => Settle(deliveryTag, multiple, Settlement.Done);

    public ValueTask BasicNackAsync(ulong deliveryTag, bool multiple, bool requeue, CancellationToken cancellationToken = default) =>
        Settle(deliveryTag, multiple, requeue ? Settlement.Requeue : Settlement.Reject);

    public ValueTask BasicRejectAsync(ulong deliveryTag, bool requeue, CancellationToken cancellationToken = default) =>
        Settle(deliveryTag, multiple: false, requeue ? Settlement.Requeue : Settlement.Reject);

    public Task CloseAsync(ushort replyCode, string replyText, bool abort, CancellationToken cancellationToken = default) =>
        EndAsync(new ShutdownEventArgs(ShutdownInitiator.Application, replyCode, replyText));

    public Task CloseAsync(ShutdownEventArgs reason, bool abort) => EndAsync(reason);

    public Task CloseAsync(ShutdownEventArgs reason, bool abort, CancellationToken cancellationToken = default) => EndAsync(reason);

    public async ValueTask DisposeAsync() => await EndAsync(new ShutdownEventArgs(ShutdownInitiator.Application, Constants.ReplySuccess, "Goodbye")).ConfigureAwait(false);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Hands a message to a consumer of this channel. Called within the broker's lock.</summary>
    internal void Deliver(StoredMessage message, MemoryQueue queue, MemoryConsumer consumer)
    {
        var tag = HandOut(message, queue, consumer, consumer.AutoAck);
        Dispatch(() => consumer.Callbacks.HandleBasicDeliverAsync(
            consumer.Tag, tag, message.Redelivered, message.Exchange, message.RoutingKey, message.Properties, message.Body, CancellationToken.None));
    }

    /// <summary>Gives a message its delivery tag, and remembers it until it is acked.</summary>
    internal ulong HandOut(StoredMessage message, MemoryQueue queue, MemoryConsumer? consumer, bool autoAck)
    {
        lock (_lock)
        {
            var tag = ++_lastTag;
            if (!autoAck)
            {
                _unacked[tag] = new Unacked(message, queue, consumer);
                if (consumer is not null)
                {
                    consumer.Unacked++;
                }

                _broker.Workload.Begin();
            }

            return tag;
        }
    }

    /// <summary>Has something called after all that was handed out before.</summary>
    internal void Dispatch(Func<Task> callback)
    {
        _broker.Workload.Begin();
        if (!_callbacks.Writer.TryWrite(callback))
        {
            _broker.Workload.End();
            return;
        }

        lock (_lock)
        {
            if (_pumping)
            {
                return;
            }

            _pumping = true;
        }

        // Not in the context of the code whose publish it was: a consumer has none of it over a network either.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(PumpAsync);
    }

    /// <summary>Closes the channel: what it has not acked goes back to its queues.</summary>
    internal async Task EndAsync(ShutdownEventArgs reason)
    {
        List<Unacked> unacked;
        List<MemoryConsumer> consumers;
        lock (_lock)
        {
            if (CloseReason is not null)
            {
                return;
            }

            CloseReason = reason;
            (unacked, consumers) = ([.. _unacked.Values], [.. _consumers.Values]);
            _unacked.Clear();
            _consumers.Clear();
        }

        _connection.Forget(this);
        foreach (var consumer in consumers)
        {
            _broker.Cancel(consumer, returns: true);
        }

        _broker.Settle(unacked, Settlement.Requeue);
        _callbacks.Writer.TryComplete();
        if (ChannelShutdownAsync is { } shutdown)
        {
            await shutdown(this, reason).ConfigureAwait(false);
        }

        foreach (var consumer in consumers)
        {
            await consumer.Callbacks.HandleChannelShutdownAsync(this, reason).ConfigureAwait(false);
        }
    }

    private async Task PumpAsync()
    {
        await foreach (var callback in _callbacks.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                if (IsOpen)
                {
                    await callback().ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // The client, too, goes on with the next.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
            finally
            {
                _broker.Workload.End();
            }
        }
    }

    private ValueTask Settle(ulong tag, bool multiple, Settlement settlement)
    {
        RequireOpen();
        var settled = new List<Unacked>();
        lock (_lock)
        {
            foreach (var each in multiple ? [.. _unacked.Keys.Where(key => key <= tag || tag == 0)] : (List<ulong>)[tag])
            {
                if (_unacked.Remove(each, out var unacked))
                {
                    settled.Add(unacked);
                }
            }
        }

        _broker.Settle(settled, settlement);
        return ValueTask.CompletedTask;
    }

    private void RequireOpen()
    {
        if (!IsOpen)
        {
            throw new AlreadyClosedException(CloseReason ?? _connection.CloseReason!);
        }
    }

    private async Task<ShutdownEventArgs> CloseForAsync(RefusedByBrokerException refused)
    {
        var reason = new ShutdownEventArgs(ShutdownInitiator.Peer, refused.Code, refused.Message);
        await EndAsync(reason).ConfigureAwait(false);
        return reason;
    }
}
