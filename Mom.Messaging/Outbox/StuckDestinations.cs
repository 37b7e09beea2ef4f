using Microsoft.Extensions.Logging;
using Mom.Messaging.Diagnostics;

namespace Mom.Messaging.Outbox;

/// <summary>
/// Destinations of which this process got no confirm of late, although the broker is there: a queue that is full, or that has too few nodes, or
/// whose process hangs. Their messages take no part in the batches of the relay, which would wait for them; a few of them are tried
/// after 0.5 s, then after twice as long each time, up to <see cref="OutboxOptions.LongestStuckWait"/>.
/// </summary>
internal sealed class StuckDestinations(OutboxOptions options, TimeProvider time, ILogger<StuckDestinations> logger) : IDisposable
{
    private readonly SemaphoreSlim _added = new(0);
    private readonly Lock _lock = new();
    private readonly Dictionary<OutboxDestination, (int Failures, long Since, TimeSpan Wait)> _stuck = [];

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<OutboxDestination> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _stuck.Keys];
            }
        }
    }

    public bool Contains(OutboxDestination destination)
    {
        lock (_lock)
        {
            return _stuck.ContainsKey(destination);
        }
    }

    /// <summary>It confirmed nothing, once more.</summary>
    public void Add(OutboxDestination destination, string reason)
    {
        int failures;
        TimeSpan wait;
        lock (_lock)
        {
            failures = _stuck.GetValueOrDefault(destination).Failures + 1;
            var doubled = OutboxBackoff.After(failures);
            wait = doubled < options.LongestStuckWait ? doubled : options.LongestStuckWait;
            _stuck[destination] = (failures, time.GetTimestamp(), wait);
        }

        Log.DestinationStuck(logger, destination.ToString(), wait, reason);
        if (failures == 1)
        {
            _added.Release();
        }
    }

    /// <summary>It confirms, or nothing waits for it.</summary>
    /// <returns>Whether it was stuck.</returns>
    public bool Remove(OutboxDestination destination)
    {
        lock (_lock)
        {
            if (!_stuck.Remove(destination))
            {
                return false;
            }
        }

        Log.DestinationFree(logger, destination.ToString());
        return true;
    }

    /// <summary>There was no broker: whatever was stuck may go again when it is back.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _stuck.Clear();
        }
    }

    /// <summary>Waits until some are to be tried.</summary>
    public async Task<IReadOnlyList<OutboxDestination>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait;
            lock (_lock)
            {
                var left = _stuck.Select(entry => (Destination: entry.Key, Left: entry.Value.Wait - time.GetElapsedTime(entry.Value.Since))).ToList();
                if (left.Exists(entry => entry.Left <= TimeSpan.Zero))
                {
                    return [.. left.Where(entry => entry.Left <= TimeSpan.Zero).Select(entry => entry.Destination)];
                }

                wait = left.Count == 0 ? Timeout.InfiniteTimeSpan : left.Min(entry => entry.Left) + TimeSpan.FromMilliseconds(1);
            }

            await _added.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _added.Dispose();
}
