namespace Mom.LocalHost.Processes;

/// <summary>Counts crashes in a row and says how long to wait after each.</summary>
internal sealed class Backoff(BackoffOptions options)
{
    /// <summary>Crashes since the process last ran stably.</summary>
    public int InARow { get; private set; }

    /// <summary>The process has crashed.</summary>
    /// <param name="ranFor">How long it had run.</param>
    /// <returns>How long to wait before it is started again.</returns>
    public TimeSpan Crashed(TimeSpan ranFor)
    {
        InARow = ranFor >= options.StableAfter ? 1 : InARow + 1;
        return Delay(InARow);
    }

    /// <summary>It was killed on purpose, which says nothing about it: no crash is counted.</summary>
    /// <returns>How long to wait before it is started again.</returns>
    public TimeSpan Killed() => Delay(crashes: 1);

    /// <summary>Whether it is time to say that it does not come up.</summary>
    public bool HasFailed => InARow >= options.FailedAfter;

    public void Reset() => InARow = 0;

    private TimeSpan Delay(int crashes)
    {
        // In doubles: the power overflows a TimeSpan long before it overflows a double, and the cap is applied first.
        var ticks = options.Initial.Ticks * Math.Pow(options.Factor, crashes - 1);
        return ticks >= options.Cap.Ticks ? options.Cap : TimeSpan.FromTicks((long)ticks);
    }
}
