namespace Mom.Messaging.Testing.Broker;

/// <summary>
/// Counts what is in flight: messages that were handed out and are not acked, calls of consumers, publishes that have not reached the broker. As all of
/// it happens in this process, the moment is known in which nothing more can happen until the time moves or the test does something.
/// </summary>
internal sealed class Workload
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _idle;
    private int _count;

    public void Begin(int count = 1) => Add(count);

    public void End(int count = 1) => Add(-count);

    /// <summary>Waits until nothing is in flight.</summary>
    /// <param name="atMost">Real time.</param>
    /// <exception cref="TimeoutException">Something still is.</exception>
    public async Task IdleAsync(TimeSpan atMost)
    {
        while (true)
        {
            Task idle;
            lock (_lock)
            {
                if (_count == 0)
                {
                    return;
                }

                idle = (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            // Looked at once more after that: what was told of the end may have begun something.
            await idle.WaitAsync(atMost).ConfigureAwait(false);
        }
    }

    private void Add(int count)
    {
        TaskCompletionSource? idle = null;
        lock (_lock)
        {
            _count += count;
            if (_count == 0)
            {
                (idle, _idle) = (_idle, null);
            }
        }

        idle?.SetResult();
    }
}
