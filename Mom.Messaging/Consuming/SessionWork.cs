using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Mom.Messaging.Consuming.Keys;
using Mom.Messaging.Diagnostics;

namespace Mom.Messaging.Consuming;

/// <summary>The handlers at work in one session: as many at a time as its lane has places.</summary>
internal sealed partial class SessionWork : IDisposable
{
    private readonly LaneState _lane;
    private readonly ConsumerRegistration _registration;
    private readonly DeliveryHandler _handler;
    private readonly ILogger _logger;
    private readonly SessionTokens _tokens;
    private readonly Func<Delivery, ValueTask> _ack;
    private readonly Action<string> _end;
    private readonly Action<string> _leave;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places;
    private readonly Dictionary<Type, BatchCollector> _collectors;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A message goes back without an outcome, and nothing may be begun after it.
    private volatile bool _leaving;
    private KeyedBacklog? _backlog;

    // Taken out of what was received, and not begun yet: it belongs to no batch that was gathered then.
    private Delivery? _next;

    // One more than there are deliveries at work, until finishing begins: the count reaches zero only after that.
    private int _atWork = 1;

    public SessionWork(
        LaneState lane,
        ConsumerRegistration registration,
        DeliveryHandler handler,
        TimeProvider time,
        ILogger logger,
        SessionTokens tokens,
        Func<Delivery, ValueTask> ack,
        Action<string> end,
        Action<string> leave)
    {
        _lane = lane;
        _registration = registration;
        _handler = handler;
        _logger = logger;
        _tokens = tokens with { RestAsync = RestAsync };
        _ack = ack;
        _end = end;
        _leave = leave;
        _time = time;
        _places = new SemaphoreSlim(lane.Lane.Concurrency, lane.Lane.Concurrency);
        _collectors = lane.Lane.Batches
            ? registration.Batches.ToDictionary(batch => batch.Key, batch => new BatchCollector(batch.Value, time, Begin))
            : [];
    }

    /// <summary>Deliveries that were begun and have no outcome yet, once finishing has begun.</summary>
    public int AtWork => Volatile.Read(ref _atWork);

    /// <summary>Begins one delivery after the other until told to stop; does not wait for their ends.</summary>
    public async Task DispatchAsync(ChannelReader<Delivery> received, CancellationToken stop)
    {
        try
        {
            if (_lane.Keys is { } keys)
            {
                _backlog = new KeyedBacklog(received, _lane.Lane, keys, _registration.Gathering);
                await DispatchByKeyAsync(_backlog, keys, stop).ConfigureAwait(false);
                return;
            }

            while (_next is not null || await received.WaitToReadAsync(stop).ConfigureAwait(false))
            {
                // The place first, then the choice: what comes in while all places are taken may be more urgent.
                await _places.WaitAsync(stop).ConfigureAwait(false);
                // The place may have been given in the moment in which it was told to stop: a drain must find nothing begun after that.
                if (stop.IsCancellationRequested || !TryTake(received, out var delivery))
                {
                    _places.Release();
                    continue;
                }

                Enter(1);
                if (CollectorOf(delivery) is { } collector)
                {
                    if (collector.Batch.Within == TimeSpan.Zero)
                    {
                        var batch = Gather(delivery, collector, received);
                        _ = Task.Run(() => HandleInPlaceAsync(() => HandleAsync(collector.Batch, batch), batch.Count), CancellationToken.None);
                        continue;
                    }

                    _places.Release();
                    collector.Add(delivery);
                    _registration.Gathering?.Invoke(1);
                }
                else
                {
                    // Nothing here blocks: a handler runs on a thread of its own (see HandlerTimer).
                    _ = HandleInPlaceAsync(delivery);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was received but not begun goes back to the queue when the channel closes.
        }
    }

    /// <summary>Waits until all that was begun has its outcome, batches that were not full yet included.</summary>
    public Task FinishAsync()
    {
        foreach (var collector in _collectors.Values)
        {
            collector.Flush();
        }

        Leave(1, begun: false);
        return _finished.Task;
    }

    public void Dispose()
    {
        foreach (var collector in _collectors.Values)
        {
            var dropped = collector.Drop();
            _registration.Gathering?.Invoke(-dropped);
            Leave(dropped);
        }
    }

    private bool TryTake(ChannelReader<Delivery> received, [NotNullWhen(true)] out Delivery? delivery)
    {
        (delivery, _next) = (_next, null);
        return delivery is not null || received.TryRead(out delivery);
    }

    // Those of the same kind that are here now, up to one of another kind: that one is next.
    private List<Delivery> Gather(Delivery first, BatchCollector collector, ChannelReader<Delivery> received)
    {
        List<Delivery> gathered = [first];
        while (gathered.Count < collector.Batch.MaxMessages && received.TryRead(out var next))
        {
            if (CollectorOf(next) != collector)
            {
                _next = next;
                break;
            }

            gathered.Add(next);
            Enter(1);
        }

        return gathered;
    }

    private BatchCollector? CollectorOf(Delivery delivery) =>
        _collectors.Count > 0 && !delivery.Redelivered && _handler.TypeOf(delivery.Message, _registration) is { } type
            ? _collectors.GetValueOrDefault(type)
            : null;

    private void Begin(BatchRegistration batch, IReadOnlyList<Delivery> deliveries)
    {
        _registration.Gathering?.Invoke(-deliveries.Count);
        _ = Task.Run(async () =>
        {
            await _places.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            await HandleInPlaceAsync(() => HandleAsync(batch, deliveries), deliveries.Count).ConfigureAwait(false);
        });
    }

    private async Task HandleInPlaceAsync(Delivery delivery)
    {
        try
        {
            await HandleAsync(delivery).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody waits for this task: what is not dealt with here is dealt with by nobody.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            NotSettled(exception);
        }
        finally
        {
            // Last: the next one of the key begins now.
            _lane.Keys?.GiveBack(_lane.Lane.KeyOf(delivery.Message));
            _places.Release(delivery.Alone ? _lane.Lane.Concurrency : 1);
            Leave(1);
        }
    }

    private async Task HandleAsync(Delivery delivery)
    {
        try
        {
            if (await _handler.HandleAsync(delivery, _registration, _lane, _tokens).ConfigureAwait(false))
            {
                await _ack(delivery).ConfigureAwait(false);
            }
            else
            {
                _leaving = true;
                _leave("a message goes back that could be held no longer");
            }
        }
        finally
        {
            if (delivery.Redelivered)
            {
                _lane.Moves.End(delivery.Message.MessageId);
            }
        }
    }

    private async Task HandleAsync(BatchRegistration batch, IReadOnlyList<Delivery> deliveries)
    {
        var together = await _handler.HandleAsync(deliveries, batch, _registration, _lane, _tokens).ConfigureAwait(false);
        foreach (var delivery in deliveries)
        {
            await (together ? _ack(delivery).AsTask() : HandleAsync(delivery)).ConfigureAwait(false);
        }
    }

    private async Task HandleInPlaceAsync(Func<Task> handle, int count)
    {
        try
        {
            await handle().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            NotSettled(exception);
        }
        finally
        {
            _places.Release();
            Leave(count);
        }
    }

    private void NotSettled(Exception exception)
    {
        _leaving = true;
        if (exception is OperationCanceledException && _tokens.Settle.IsCancellationRequested)
        {
            // Not acked: the broker gives it to somebody else when this channel closes.
            return;
        }

        Log.NotSettled(_logger, exception, _lane.Lane.Queue);
        _end("a message could not be settled");
    }

    private void Enter(int count)
    {
        Interlocked.Add(ref _atWork, count);
        _lane.Begun(count);
    }

    private void Leave(int count, bool begun = true)
    {
        if (begun)
        {
            _lane.Ended(count);
        }

        if (Interlocked.Add(ref _atWork, -count) == 0)
        {
            _finished.TrySetResult();
        }
    }
}

/// <summary>When the work on a delivery ends early.</summary>
/// <param name="HardStop">The process can wait no longer for its handlers.</param>
/// <param name="Drain">The session receives nothing more: what is held for the end of an outage is given back. What is being handled goes on.</param>
/// <param name="Settle">
/// The delivery can no longer be acked, because its session has ended: to publish its outcome would only make a second copy. Fires at the hard stop, too.
/// </param>
internal readonly record struct SessionTokens(CancellationToken HardStop, CancellationToken Drain, CancellationToken Settle)
{
    /// <summary>Waits with a delivery for its next try, with its key and without its place; the result is false when there is no time for that any more.</summary>
    public Func<Delivery, TimeSpan, Task<bool>> RestAsync { get; init; } = static (_, _) => Task.FromResult(false);
}
