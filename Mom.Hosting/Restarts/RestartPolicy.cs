namespace Mom.Hosting.Restarts;

/// <summary>Decides after each end of a run whether there is another one, and when.</summary>
internal sealed class RestartPolicy(RestartOptions options, TimeProvider time)
{
    private readonly Queue<long> _restarts = [];
    private int _endsInARow;

    /// <summary>A run has ended that nobody had asked to end.</summary>
    /// <param name="ranFor">How long it had run; zero where it had not started.</param>
    /// <returns>The wait and the number of the try, or null: given up.</returns>
    public (TimeSpan Delay, int Try)? Ended(TimeSpan ranFor)
    {
        if (ranFor >= options.StableAfter)
            Reset();
        while (_restarts.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > options.Window)
            _restarts.Dequeue();
        if (_restarts.Count >= options.MaximumTries)
            return null;

        _restarts.Enqueue(time.GetTimestamp());
        return (Delay(++_endsInARow), _restarts.Count);
    }

    /// <summary>Begins again, as after a person's command.</summary>
    public void Reset()
    {
        _restarts.Clear();
        _endsInARow = 0;
    }

    private TimeSpan Delay(int ends)
    {
        // In doubles: the power overflows a TimeSpan long before it overflows a double, and the cap is applied first.
        var ticks = options.FirstDelay.Ticks * Math.Pow(2, ends - 1);
        return ticks >= options.LongestDelay.Ticks ? options.LongestDelay : TimeSpan.FromTicks((long)ticks);
    }
}
