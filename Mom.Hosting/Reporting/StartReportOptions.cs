namespace Mom.Hosting.Reporting;

/// <summary>What the start report tells.</summary>
public sealed record StartReportOptions
{
    /// <summary>A resource that runs and is not healthy after this is reported. Default 30 seconds.</summary>
    public TimeSpan UnhealthyAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What to do about the message of a health check, one or more sentences; null, as without it: nothing to add.</summary>
    public Func<string, string?>? Advice { get; init; }

    /// <summary>How many of the last lines of a resource's log are shown with a failure, 0 or more. Default 5.</summary>
    public int LogLines { get; init; } = 5;
}
