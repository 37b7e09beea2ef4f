namespace Mom.Panel.Live;

/// <summary>An action that many events ask for: done at once, and once more after the interval when it was asked for meanwhile.</summary>
/// <remarks>To be asked for on one thread: that of a circuit.</remarks>
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
