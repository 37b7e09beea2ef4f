namespace Mom.Contracts.Operations;

/// <summary>A worker process, as it tells of itself every second.</summary>
/// <param name="Instance">Different for each process.</param>
/// <param name="Service">Such as <c>db-worker</c>; the same for all its replicas.</param>
/// <param name="Roles"><c>db</c>, and the names of job types, such as <c>math</c>.</param>
/// <param name="At">When it told so. One that has been silent for some seconds is not listed any more.</param>
/// <param name="Consumers">The queues that it consumes.</param>
/// <param name="Working">The messages in flight, the longest first; at most 100.</param>
/// <param name="Version">Of the program.</param>
/// <param name="Drained">Whether an administrator lets this process take no further messages.</param>
public sealed record WorkerStatus(
    string Instance,
    string Service,
    IReadOnlyList<string> Roles,
    string Host,
    int ProcessId,
    DateTimeOffset StartedAt,
    DateTimeOffset At,
    IReadOnlyList<WorkerConsumer> Consumers,
    IReadOnlyList<WorkInHand> Working,
    string? Version = null,
    bool Drained = false);

/// <summary>The consumer of one queue in one worker.</summary>
/// <param name="State"><c>reconnecting</c>, <c>consuming</c>, <c>draining</c> or <c>paused</c>.</param>
/// <param name="InFlight">Messages that are being handled.</param>
/// <param name="Handled">Messages handled since the process started.</param>
/// <param name="Failed">Attempts that failed since the process started.</param>
public sealed record WorkerConsumer(string Queue, string State, int InFlight, DateTimeOffset? LastDelivery, long Handled, long Failed);

/// <summary>A message that is being handled.</summary>
/// <param name="JobId">The job that it belongs to, where that is known.</param>
public sealed record WorkInHand(string Queue, string Type, string MessageId, string? JobId, DateTimeOffset Since);
