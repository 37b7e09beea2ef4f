namespace Mom.LocalHost.Processes;

/// <summary>How long to wait before a crashed process is started again.</summary>
public sealed record BackoffOptions
{
    /// <summary>Before the first restart.</summary>
    public TimeSpan Initial { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Never longer than this.</summary>
    public TimeSpan Cap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Each delay is this many times the one before, at least 1.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>Who ran this long has recovered: the next crash counts as the first.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Who crashes this often in a row, at least 1, is reported as failed.</summary>
    public int FailedAfter { get; init; } = 4;
}
