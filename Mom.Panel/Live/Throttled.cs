namespace Mom.Panel.Live;

/// <summary>Limits how often an action runs: at once, and once more after the interval if it was requested meanwhile.</summary>
/// <remarks>Not thread safe: use it on the thread of a circuit.</remarks>
internal sealed class Throttled(Func<Task> act, TimeSpan atMostEvery, TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private bool _busy;
    private bool _again;

    public async Task AskAsync()
    {
        if (_busy)
        {
            _again = true;
            return;
        }

        _busy = true;
        try
        {
            do
            {
                _again = false;
                await act();
                await Task.Delay(atMostEvery, clock, _stop.Token);
            }
            while (_again);
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
        finally
        {
            _busy = false;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }
}
