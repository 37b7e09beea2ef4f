namespace Mom.LocalHost.Resources;

/// <summary>How a server or service is at one moment.</summary>
public sealed record ResourceStatus
{
    public required string Name { get; init; }

    public required ResourceKind Kind { get; init; }

    /// <summary>The worst of its replicas; <see cref="ResourceState.Stopped"/> when there is none.</summary>
    public required ResourceState State { get; init; }

    /// <summary>Why it is not healthy, when that is known.</summary>
    public string? Reason { get; init; }

    /// <summary>Where the first replica is found.</summary>
    public string? Url { get; init; }

    /// <summary>The port of the first replica.</summary>
    public int? Port { get; init; }

    /// <summary>The process of the first replica, while it runs.</summary>
    public int? Pid { get; init; }

    /// <summary>Starts after a crash, of all replicas together.</summary>
    public int Restarts { get; init; }

    /// <summary>How many should run.</summary>
    public int Replicas { get; init; }

    public required IReadOnlyList<ReplicaStatus> Instances { get; init; }

    /// <summary>The log file of all replicas.</summary>
    public required string Log { get; init; }
}
