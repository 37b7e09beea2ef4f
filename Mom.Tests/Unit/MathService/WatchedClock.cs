using Microsoft.Extensions.Time.Testing;

namespace Mom.Tests.Unit.MathService;

/// <summary>A clock that stands still until told otherwise and tells when a timer of one certain length starts and stops.</summary>
internal sealed class WatchedClock(TimeSpan watched) : FakeTimeProvider
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Started => _started.Task;

    public Task Stopped => _stopped.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != watched)
            return timer;
        _started.TrySetResult();
        return new WatchedTimer(timer, _stopped);
    }

    private sealed class WatchedTimer(ITimer timer, TaskCompletionSource stopped) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            stopped.TrySetResult();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
