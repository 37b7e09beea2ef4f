using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Mom.Messaging.Consuming.Keys;

/// <summary>
/// What a session has received and not begun, where messages have keys: one whose key is full does not stand before those of other keys. The next
/// one is the first, in the order of the lane, whose key has a place; so the messages of a key that is handled one at a time keep their order.
/// </summary>
/// <param name="received">What comes in, in the order of the lane.</param>
/// <param name="lane">Its order and the keys of its messages.</param>
/// <param name="places">Those of all lanes of the consumer.</param>
/// <param name="gathering">See <see cref="ConsumerRegistration.Gathering"/>.</param>
internal sealed class KeyedBacklog(ChannelReader<Delivery> received, Lane lane, KeyPlaces places, Action<int>? gathering)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<Delivery> _waiting = new(lane.Order);

    // Those that wait for their next try, and the others behind them.
    private readonly HashSet<Delivery> _resting = [];
    private Task<bool>? _arrival;

    /// <summary>Waits until there is one that can be begun.</summary>
    /// <returns>False when there is none and none will come.</returns>
    public async Task<bool> WaitAsync(CancellationToken stop)
    {
        while (true)
        {
            var freed = places.Freed;
            if (Any())
            {
                return true;
            }

            _arrival ??= received.WaitToReadAsync(stop).AsTask();
            if (_arrival.IsCompleted)
            {
                var open = await _arrival.ConfigureAwait(false);
                if (open)
                {
                    _arrival = null;
                    continue;
                }

                lock (_lock)
                {
                    if (_waiting.Count == 0)
                    {
                        return false;
                    }
                }

                await freed.WaitAsync(stop).ConfigureAwait(false);
                continue;
            }

            await Task.WhenAny(_arrival, freed).WaitAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the first that can be begun, and a place of its key.</summary>
    public bool TryTake([NotNullWhen(true)] out Delivery? delivery)
    {
        lock (_lock)
        {
            Receive();
            delivery = _waiting.FirstOrDefault(each => places.TryTake(lane.KeyOf(each.Message)));
            return delivery is not null && _waiting.Remove(delivery);
        }
    }

    /// <summary>A message waits for its next try, or ceases to.</summary>
    public void Rest(Delivery delivery, bool rests)
    {
        lock (_lock)
        {
            _ = rests ? _resting.Add(delivery) : _resting.Remove(delivery);
            var count = 1 + _waiting.Count(each => IsBehind(each, delivery));
            gathering?.Invoke(rests ? count : -count);
        }
    }

    private bool IsBehind(Delivery delivery, Delivery resting) =>
        resting.Alone || string.Equals(lane.KeyOf(delivery.Message), lane.KeyOf(resting.Message), StringComparison.Ordinal);

    private bool Any()
    {
        lock (_lock)
        {
            Receive();
            return _waiting.Any(each => places.HasPlace(lane.KeyOf(each.Message)));
        }
    }

    private void Receive()
    {
        while (received.TryRead(out var delivery))
        {
            _waiting.Add(delivery);
            if (gathering is not null && _resting.Any(resting => IsBehind(delivery, resting)))
            {
                gathering(1);
            }
        }
    }
}
