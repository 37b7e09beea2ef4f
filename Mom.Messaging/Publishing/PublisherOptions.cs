namespace Mom.Messaging.Publishing;

/// <summary>How a process publishes.</summary>
public sealed record PublisherOptions
{
    /// <summary>Channels that publishes are spread over, 1 to 64.</summary>
    public int Channels { get; init; } = 4;

    /// <summary>Publishes whose confirm is outstanding, in the whole process, at most. Further ones wait.</summary>
    public int Window { get; init; } = 1_000;

    /// <summary>How long to wait for a confirm before the publish counts as not confirmed.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
