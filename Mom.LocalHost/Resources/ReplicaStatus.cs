namespace Mom.LocalHost.Resources;

/// <summary>How one replica is at one moment.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="State">How it is.</param>
/// <param name="Pid">Its process, while it runs.</param>
/// <param name="Port">The port that it listens on.</param>
/// <param name="Url">Where it is found.</param>
/// <param name="Restarts">Starts after a crash.</param>
public sealed record ReplicaStatus(int Number, ResourceState State, int? Pid, int? Port, string? Url, int Restarts);
