using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>The jobs of one user, newest first.</summary>
/// <param name="Status">Only those in this state.</param>
/// <param name="Text">Only those whose id, type, methods, numbers, results or error contain this text, without regard to case.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">1 to 100.</param>
[Message("job.list.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record ListJobs(Guid UserId, JobStatus? Status, string? Text, int Page, int PageSize) : IRequest<JobPage>;

/// <summary>The answer to <see cref="ListJobs"/>.</summary>
/// <param name="Total">How many jobs match on all pages together.</param>
[Message("job.list-reply.v1")]
public sealed record JobPage(IReadOnlyList<Job> Jobs, int Total);
