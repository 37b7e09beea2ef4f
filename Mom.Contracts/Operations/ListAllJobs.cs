using Mom.Contracts.Jobs;
using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>The jobs of all users, newest first.</summary>
/// <param name="Text">As in <see cref="ListJobs"/>.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">1 to 100.</param>
[Message("job.list-all.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record ListAllJobs(JobStatus? Status, string? Text, Guid? UserId, int Page, int PageSize) : IRequest<AdminJobPage>;

/// <summary>The answer to <see cref="ListAllJobs"/>.</summary>
/// <param name="Total">How many match on all pages together; 10,000 means so many or more.</param>
[Message("job.list-all-reply.v1")]
public sealed record AdminJobPage(IReadOnlyList<AdminJob> Jobs, int Total);

/// <summary>A job as administrators see it.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Email">Likewise, for people.</param>
/// <param name="Reconciliations">How often its current operation was queued again in this run.</param>
/// <param name="ReconciledAt">When that happened last.</param>
[Message("job.admin.v1")]
public sealed record AdminJob(Job Job, Guid UserId, string Email, int Reconciliations, DateTimeOffset? ReconciledAt);
