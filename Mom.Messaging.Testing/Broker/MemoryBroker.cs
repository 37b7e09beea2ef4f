using RabbitMQ.Client;

namespace Mom.Messaging.Testing.Broker;

/// <summary>
/// A broker in memory: exchanges, queues, bindings, priorities, expiry, dead-lettering, prefetch, acks and redelivery, as RabbitMQ has them and as far as
/// the engine uses them. The engine talks to it by the interfaces of RabbitMQ.Client, so that all of its own code runs.
/// </summary>
internal sealed partial class MemoryBroker : IDisposable
{
    // How long the broker waits with a message that expired and that no queue takes (dead_letter_worker_publisher_confirm_timeout).
    private static readonly TimeSpan NextTry = TimeSpan.FromMinutes(3);

    // A timer takes 49 days at most, and a delay may be of years: then it is set once more.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Action<StoredMessage> _published;
    private readonly Dictionary<string, MemoryExchange> _exchanges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemoryQueue> _queues = new(StringComparer.Ordinal);
    private readonly List<DateTimeOffset> _resting = [];
    private readonly ITimer _timer;
    private TaskCompletionSource _consumersChanged = NewSignal();
    private long _number;
    private bool _disposed;

    /// <param name="time">Expires messages.</param>
    /// <param name="published">Told of each message that a client publishes, in their order, within the broker's lock.</param>
    public MemoryBroker(TimeProvider time, Action<StoredMessage> published)
    {
        (_time, _published) = (time, published);
        _timer = time.CreateTimer(static broker => ((MemoryBroker)broker!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Workload Workload { get; } = new();

    /// <summary>When the next message expires, or is tried again by the process that has it; <see langword="null"/> for never.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock)
            {
                var expires = _queues.Values.Min(queue => queue.NextDue);
                return _resting.Count == 0 || expires < _resting.Min() ? expires : _resting.Min();
            }
        }
    }

    /// <summary>A process that has a message waits with it until then, or ceases to.</summary>
    public void Rest(DateTimeOffset until, bool rests)
    {
        lock (_lock)
        {
            if (rests)
            {
                _resting.Add(until);
            }
            else
            {
                _resting.Remove(until);
            }
        }
    }

    /// <summary>What is ready in queues, with the number of their consumers.</summary>
    public IReadOnlyList<(string Queue, int Consumers, StoredMessage Message)> Waiting()
    {
        lock (_lock)
        {
            return [.. _queues.Values.SelectMany(queue => queue.Ready.Select(message => (queue.Name, queue.Consumers.Count, message)))];
        }
    }

    /// <summary>Waits until each of these queues has a consumer.</summary>
    public async Task ConsumedAsync(IReadOnlyCollection<string> queues, TimeSpan atMost)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (queues.All(queue => _queues.GetValueOrDefault(queue)?.Consumers.Count > 0))
                {
                    return;
                }

                changed = _consumersChanged.Task;
            }

            await changed.WaitAsync(atMost).ConfigureAwait(false);
        }
    }

    /// <summary>Publishes a message of a client.</summary>
    public PublishOutcome Publish(string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body)
    {
        lock (_lock)
        {
            if (exchange.Length > 0)
            {
                Exchange(exchange);
            }

            var message = new StoredMessage(++_number, exchange, routingKey, properties, body);
            _published(message);
            var queues = Route(exchange, routingKey);
            var refused = queues.Count(queue => !queue.Takes());
            Store(message, queues.Where(queue => queue.Takes()));
            Schedule();
            return queues.Count == 0 ? PublishOutcome.Unroutable : refused > 0 ? PublishOutcome.Refused : PublishOutcome.Taken;
        }
    }

    public MemoryConsumer Consume(string queue, string tag, MemoryChannel channel, IAsyncBasicConsumer callbacks, bool autoAck, ushort prefetch)
    {
        lock (_lock)
        {
            var consumer = new MemoryConsumer(tag, Queue(queue), channel, callbacks, autoAck, prefetch);
            channel.Dispatch(() => callbacks.HandleBasicConsumeOkAsync(tag));
            consumer.Queue.Add(consumer);
            Deliver(consumer.Queue);
            var changed = Interlocked.Exchange(ref _consumersChanged, NewSignal());
            changed.SetResult();
            return consumer;
        }
    }

    /// <param name="consumer">The consumer.</param>
    /// <param name="returns">What it has and has not acked goes back next: only then the next consumer receives, or the order would be lost.</param>
    public void Cancel(MemoryConsumer consumer, bool returns)
    {
        lock (_lock)
        {
            var wasThere = consumer.Queue.Remove(consumer);
            if (wasThere && consumer.Queue.Settings.AutoDelete && consumer.Queue.Consumers.Count == 0)
            {
                Delete(consumer.Queue);
            }
            else if (wasThere && !returns)
            {
                Deliver(consumer.Queue);
            }
        }
    }

    /// <summary>Takes one message without consuming its queue.</summary>
    public StoredMessage? Get(string queue, MemoryChannel channel, bool autoAck, out ulong tag, out uint left)
    {
        lock (_lock)
        {
            var from = Queue(queue);
            ExpireIn(from, _time.GetUtcNow());
            var message = from.Take();
            tag = message is null ? 0 : channel.HandOut(message, from, consumer: null, autoAck);
            left = (uint)from.Ready.Count;
            return message;
        }
    }

    /// <summary>A message that was handed out is done, goes back to its queue, or is given up.</summary>
    public void Settle(IReadOnlyList<Unacked> messages, Settlement settlement)
    {
        lock (_lock)
        {
            foreach (var (message, queue, consumer) in messages)
            {
                if (consumer is not null)
                {
                    consumer.Unacked--;
                }

                var exists = _queues.GetValueOrDefault(queue.Name) == queue;
                if (settlement == Settlement.Requeue && exists)
                {
                    queue.Return(message);
                }
                else if (settlement == Settlement.Reject && exists)
                {
                    DeadLetter(message, queue);
                }
            }

            foreach (var queue in messages.Select(message => message.Queue).Distinct())
            {
                Deliver(queue);
            }

            Schedule();
        }

        // After what follows from it has begun.
        Workload.End(messages.Count);
    }

    /// <summary>A connection has ended, and with it its exclusive queues.</summary>
    public void Ended(object connection)
    {
        lock (_lock)
        {
            foreach (var queue in _queues.Values.Where(queue => queue.Settings.Owner == connection).ToList())
            {
                Delete(queue);
            }
        }
    }

    /// <summary>Moves what has expired, and hands out what has become ready by that.</summary>
    public void Expire()
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            foreach (var queue in _queues.Values.ToList())
            {
                ExpireIn(queue, now);
            }

            Schedule();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void ExpireIn(MemoryQueue queue, DateTimeOffset now)
    {
        while (queue.TakeExpired(now) is { } expired)
        {
            DeadLetter(expired, queue);
        }
    }

    // The next queue takes it without its expiration, which has done its work: https://www.rabbitmq.com/docs/dlx#effects.
    private void DeadLetter(StoredMessage message, MemoryQueue from)
    {
        if (from.Settings.DeadLetterExchange is not { } exchange)
        {
            return;
        }

        var key = from.Settings.DeadLetterRoutingKey ?? message.RoutingKey;
        var queues = Route(exchange, key).Where(queue => queue.Takes()).ToList();
        if (queues.Count == 0)
        {
            from.Postpone(message, _time.GetUtcNow() + NextTry);
            return;
        }

        var properties = new BasicProperties(message.Properties);
        properties.ClearExpiration();
        Store(message with { Number = ++_number, Exchange = exchange, RoutingKey = key, Properties = properties }, queues);
    }

    private void Store(StoredMessage message, IEnumerable<MemoryQueue> queues)
    {
        foreach (var queue in queues.ToList())
        {
            foreach (var dropped in queue.Add(message, _time.GetUtcNow()))
            {
                DeadLetter(dropped, queue);
            }

            Deliver(queue);
        }
    }

    private void Deliver(MemoryQueue queue)
    {
        ExpireIn(queue, _time.GetUtcNow());
        while (queue.Ready.Count > 0 && queue.ConsumerWithRoom() is { } consumer)
        {
            consumer.Channel.Deliver(queue.Take()!, queue, consumer);
        }
    }

    private List<MemoryQueue> Route(string exchange, string routingKey)
    {
        if (exchange.Length == 0)
        {
            return _queues.TryGetValue(routingKey, out var named) ? [named] : [];
        }

        var (queues, seen) = (new HashSet<MemoryQueue>(), new HashSet<string>(StringComparer.Ordinal));
        Follow(exchange);
        return [.. queues];

        void Follow(string name)
        {
            if (!seen.Add(name) || !_exchanges.TryGetValue(name, out var through))
            {
                return;
            }

            var any = false;
            foreach (var (target, isQueue) in through.Targets(routingKey))
            {
                any = true;
                if (!isQueue)
                {
                    Follow(target);
                }
                else if (_queues.TryGetValue(target, out var queue))
                {
                    queues.Add(queue);
                }
            }

            if (!any && through.Alternate is { } alternate)
            {
                Follow(alternate);
            }
        }
    }

    private void Schedule()
    {
        if (!_disposed)
        {
            var wait = _queues.Values.Min(queue => queue.NextDue) - _time.GetUtcNow();
            _timer.Change(
                wait switch { null => Timeout.InfiniteTimeSpan, { } left when left < TimeSpan.Zero => TimeSpan.Zero, { } left when left > LongestTimer => LongestTimer, { } left => left },
                Timeout.InfiniteTimeSpan);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
