namespace Mom.Contracts.Operations;

/// <summary>The whole system at a glance. What cannot be had at present is missing, and <paramref name="Problems"/> says why.</summary>
/// <param name="Database">What the database holds.</param>
/// <param name="Queues">The work queues.</param>
/// <param name="Workers">The worker processes that are alive.</param>
/// <param name="Problems">One sentence for each part that is missing.</param>
public sealed record SystemOverview(
    Overview? Database,
    IReadOnlyList<QueueStatus>? Queues,
    IReadOnlyList<WorkerStatus>? Workers,
    IReadOnlyList<string> Problems);
