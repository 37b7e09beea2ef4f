namespace Mom.Hosting.Restarts;

/// <summary>How often, and how soon, a resource that has ended is started again.</summary>
public sealed record RestartOptions
{
    /// <summary>The wait before the first restart, longer than zero. Default 0.5 seconds.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Each wait is twice the one before, and never longer than this; at least <see cref="FirstDelay"/>. Default 30 seconds.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A run of at least this length has recovered: the next end counts as the first. Default 1 minute.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many restarts, at least 1, fit into <see cref="Window"/>; the next end in it is the last, and the resource is given up. Default 5.</summary>
    public int MaximumTries { get; init; } = 5;

    /// <summary>The time over which <see cref="MaximumTries"/> are counted. Default 2 minutes.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether a run that ended with exit code 0 is started again too. Default true: a service is not meant to end.</summary>
    public bool AfterSuccess { get; init; } = true;
}
