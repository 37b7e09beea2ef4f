namespace Mom.Contracts.Operations;

/// <summary>How many messages a queue holds.</summary>
public sealed record QueueDepth(string Name, long Messages);
