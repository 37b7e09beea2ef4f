namespace Mom.Contracts.Operations;

/// <summary>The consumer of one queue in one worker.</summary>
/// <param name="State"><c>reconnecting</c>, <c>consuming</c>, <c>draining</c> or <c>paused</c>.</param>
/// <param name="InFlight">Messages in hand.</param>
/// <param name="Handled">Messages handled since the process started.</param>
/// <param name="Failed">Attempts that failed since the process started.</param>
public sealed record WorkerConsumer(string Queue, string State, int InFlight, DateTimeOffset? LastDelivery, long Handled, long Failed);
