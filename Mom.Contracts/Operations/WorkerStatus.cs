namespace Mom.Contracts.Operations;

/// <summary>A worker process, as it tells of itself every second.</summary>
/// <param name="Instance">Different for each process.</param>
/// <param name="Service">Such as <c>db-worker</c>; the same for all its replicas.</param>
/// <param name="Roles"><c>db</c>, <c>math</c> or both.</param>
/// <param name="At">When it told so. One that has been silent for some seconds is not listed any more.</param>
/// <param name="Consumers">The queues that it consumes.</param>
/// <param name="Working">What it has in hand now, the longest first; at most 100.</param>
public sealed record WorkerStatus(
    string Instance,
    string Service,
    IReadOnlyList<string> Roles,
    string Host,
    int ProcessId,
    DateTimeOffset StartedAt,
    DateTimeOffset At,
    IReadOnlyList<WorkerConsumer> Consumers,
    IReadOnlyList<WorkInHand> Working);
