namespace Mom.Messaging.Consuming;

/// <summary>Tells all lanes of a consumer whether to receive.</summary>
internal sealed class PauseSwitch : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _running = new();
    private TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsPaused => Paused.IsCancellationRequested;

    /// <summary>Fires at the next pause.</summary>
    public CancellationToken Paused
    {
        get
        {
            lock (_lock)
                return _running.Token;
        }
    }

    public void Pause()
    {
        CancellationTokenSource running;
        lock (_lock)
            running = _running;
        running.Cancel();
    }

    public void Resume()
    {
        lock (_lock)
        {
            if (!_running.IsCancellationRequested)
                return;

            // Not disposed: a lane may still link itself to the old token. Without timers a source holds nothing.
            _running = new CancellationTokenSource();
            _resumed.SetResult();
            _resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public Task WhileOffAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _running.IsCancellationRequested ? _resumed.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
    }

    public void Dispose() => _running.Dispose();
}
