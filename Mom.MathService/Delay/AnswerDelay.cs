using System.Diagnostics;
using Mom.MathService.Control;

namespace Mom.MathService.Delay;

/// <summary>Makes the caller wait, as a busy service on the other side of the world would.</summary>
/// <param name="behaviour">The bounds.</param>
/// <param name="random">Where the durations come from; the same seed gives the same ones, in the order of the calls.</param>
/// <param name="clock">Measures the wait.</param>
public sealed class AnswerDelay(MathBehaviour behaviour, Random random, TimeProvider clock)
{
    private readonly Lock _lock = new();

    /// <summary>The next duration: evenly spread between the bounds.</summary>
    public TimeSpan Next()
    {
        var (minimum, maximum) = (behaviour.Settings.MinimumDelay, behaviour.Settings.MaximumDelay);
        // A seeded Random is not safe for concurrent use.
        lock (_lock)
            return minimum + ((maximum - minimum) * random.NextDouble());
    }

    /// <summary>Waits for the next duration.</summary>
    /// <exception cref="OperationCanceledException">The caller has disconnected.</exception>
    public async Task WaitAsync(CancellationToken aborted)
    {
        var duration = Next();
        Activity.Current?.SetTag("math.delay.seconds", duration.TotalSeconds);
        await Task.Delay(duration, clock, aborted);
    }
}
