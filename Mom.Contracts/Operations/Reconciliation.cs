using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>The answer to <see cref="ReconcileJobs"/>.</summary>
/// <param name="Requeued">How many jobs were queued anew; at most 200 at a time.</param>
[Message("job.reconciliation.v1")]
public sealed record Reconciliation(int Requeued);
