using Mom.Contracts.Jobs;
using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>A job as administrators see it.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Email">Likewise, for people.</param>
/// <param name="Reconciliations">How often its current operation was queued anew in this run.</param>
/// <param name="ReconciledAt">When that happened last.</param>
[Message("job.admin.v1")]
public sealed record AdminJob(Job Job, Guid UserId, string Email, int Reconciliations, DateTimeOffset? ReconciledAt);
