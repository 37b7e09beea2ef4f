using System.Collections.Concurrent;

namespace Mom.Testing;

/// <summary>The last that the orchestrator said of each instance: a process, a replica, a container.</summary>
/// <remarks>It comes a little late: who wants to know whether a process lives asks the kernel.</remarks>
internal sealed class Snapshots : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ResourceEvent> _last = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;
    private volatile TaskCompletionSource _changed = NewSignal();

    public Snapshots(ResourceNotificationService notifications) => _watching = WatchAsync(notifications);

    /// <summary>The instances of a resource, always in the same order.</summary>
    public IReadOnlyList<Instance> Of(IResource resource) =>
    [
        .. _last.Values
            // Before the orchestrator has made instances, the resource itself stands for them.
            .Where(last => last.Resource == resource && (last.ResourceId != resource.Name || !_last.Values.Any(other => other.Resource == resource && other.ResourceId != resource.Name)))
            .OrderBy(last => last.ResourceId, StringComparer.Ordinal)
            .Select(last => new Instance(last.ResourceId, last.Snapshot)),
    ];

    /// <summary>Waits until it is so, looking at each change.</summary>
    public async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _changed.Task;
            if (condition())
                return;
            await changed.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync(ResourceNotificationService notifications)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(_end.Token))
            {
                _last[change.ResourceId] = change;
                Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
            }
        }
        catch (OperationCanceledException)
        {
            // The system has ended.
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
