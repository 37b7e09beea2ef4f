using Mom.Messaging.Consuming.Keys;

namespace Mom.Messaging.Consuming;

// Where messages have keys: what may be begun, and what waits in its place for its next try.
internal sealed partial class SessionWork
{
    private async Task DispatchByKeyAsync(KeyedBacklog backlog, KeyPlaces keys, CancellationToken stop)
    {
        // After a consumer was lost, what it can have had comes first.
        var suspects = (int)_lane.Lane.Prefetch;
        while (await backlog.WaitAsync(stop).ConfigureAwait(false))
        {
            await _places.WaitAsync(stop).ConfigureAwait(false);
            if (stop.IsCancellationRequested || !backlog.TryTake(out var delivery))
            {
                _places.Release();
                continue;
            }

            if (_leaving || _tokens.Settle.IsCancellationRequested)
            {
                // Its key was given back by a message that goes back to its queue, before this one; or both come again.
                keys.GiveBack(_lane.Lane.KeyOf(delivery.Message));
                _places.Release();
                return;
            }

            if (!_lane.Lane.IsOrdered || !delivery.Redelivered || suspects == 0)
            {
                Enter(1);
                _ = HandleInPlaceAsync(delivery);
                continue;
            }

            suspects--;
            await TakeOtherPlacesAsync(delivery, keys, stop).ConfigureAwait(false);
            Enter(1);
            _ = HandleInPlaceAsync(delivery with { Alone = true });
        }
    }

    private async Task TakeOtherPlacesAsync(Delivery delivery, KeyPlaces keys, CancellationToken stop)
    {
        var taken = 1;
        try
        {
            for (; taken < _lane.Lane.Concurrency; taken++)
            {
                await _places.WaitAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            keys.GiveBack(_lane.Lane.KeyOf(delivery.Message));
            _places.Release(taken);
            throw;
        }
    }

    // Its key stays taken meanwhile; its place does not, unless it is alone.
    private async Task<bool> RestAsync(Delivery delivery, TimeSpan wait)
    {
        await RestedAsync(delivery, wait).ConfigureAwait(false);
        if (!delivery.Alone)
        {
            await _places.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _tokens.Settle.ThrowIfCancellationRequested();
        return !_tokens.Drain.IsCancellationRequested;
    }

    // By a timer of its own and not by a delay: when the harness has moved the time, it knows at once what is at work again.
    private async Task RestedAsync(Delivery delivery, TimeSpan wait)
    {
        var (due, over, gate, ended) = (_time.GetUtcNow() + wait, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new Lock(), false);
        ITimer timer;
        lock (gate)
        {
            timer = _time.CreateTimer(_ => End(), null, wait, Timeout.InfiniteTimeSpan);
            _registration.Resting?.Invoke(due, true);
            _backlog!.Rest(delivery, rests: true);
        }

        if (!delivery.Alone)
        {
            _places.Release();
        }

        await using (timer.ConfigureAwait(false))
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_tokens.Settle, _tokens.Drain);
            await using var early = end.Token.UnsafeRegister(_ => End(), null).ConfigureAwait(false);
            await over.Task.ConfigureAwait(false);
        }

        void End()
        {
            lock (gate)
            {
                if (ended)
                {
                    return;
                }

                ended = true;
                _backlog!.Rest(delivery, rests: false);
                _registration.Resting?.Invoke(due, false);
                over.SetResult();
            }
        }
    }
}
