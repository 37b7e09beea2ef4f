namespace Mom.Messaging.Consuming.Keys;

/// <summary>How many messages of each key are handled at a time by one consumer, over all its lanes and their sessions: a handler may outlive its session.</summary>
/// <param name="perKey">How many, from 1.</param>
internal sealed class KeyPlaces(int perKey)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private TaskCompletionSource _freed = NewSignal();

    /// <summary>Ends when a key that was full has a place again. Ask for it before the attempt to take one.</summary>
    public Task Freed
    {
        get
        {
            lock (_lock)
                return _freed.Task;
        }
    }

    /// <summary>Whether a message of a key could be begun; one without a key always can.</summary>
    public bool HasPlace(string? key)
    {
        lock (_lock)
            return key is null || _taken.GetValueOrDefault(key) < perKey;
    }

    public bool TryTake(string? key)
    {
        if (key is null)
        {
            return true;
        }

        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(key);
            if (taken >= perKey)
            {
                return false;
            }

            _taken[key] = taken + 1;
            return true;
        }
    }

    public void GiveBack(string? key)
    {
        if (key is null)
        {
            return;
        }

        TaskCompletionSource? freed = null;
        lock (_lock)
        {
            var taken = _taken[key];
            if (taken == 1)
            {
                _taken.Remove(key);
            }
            else
            {
                _taken[key] = taken - 1;
            }

            if (taken == perKey)
            {
                (freed, _freed) = (_freed, NewSignal());
            }
        }

        freed?.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
