using Mom.Contracts.Jobs;
using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>The jobs of all users, newest first.</summary>
/// <param name="Text">As in <see cref="ListJobs"/>.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">1 to 100.</param>
[Message("job.list-all.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record ListAllJobs(JobStatus? Status, string? Text, Guid? UserId, int Page, int PageSize) : IRequest<AdminJobPage>;
