namespace Mom.Messaging.Publishing;

/// <summary>How a process publishes. Register one of these before the engine to deviate from the defaults.</summary>
public sealed record PublisherOptions
{
    /// <summary>Channels that publishes are spread over, 1 to 64.</summary>
    public int Channels { get; init; } = 4;

    /// <summary>Publishes whose confirm is outstanding, in the whole process, at most. Further ones wait for a place.</summary>
    public int Window { get; init; } = 1_000;

    /// <summary>How long to wait for a place in the window and the confirm together.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest body, in bytes. The default, 16 MiB, is that of the broker's <c>max_message_size</c> since 4.0.</summary>
    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;
}
