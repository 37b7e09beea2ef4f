namespace Mom.Workers.Math;

/// <summary>A run of a job that is being worked on.</summary>
/// <param name="end">Called when the work has ended.</param>
/// <param name="cancelled">Fires when it is not wanted any more.</param>
internal sealed class WantedRun(Action end, CancellationToken cancelled) : IDisposable
{
    public CancellationToken Cancelled => cancelled;

    public void Dispose() => end();
}
