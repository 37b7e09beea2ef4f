using Mom.Contracts.Jobs;
using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>Stop a job of any user; for administrators. Refused as <see cref="CancelJob"/> is.</summary>
[Message("job.cancel-any.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record CancelAnyJob(Guid JobId) : IRequest<Job>;

/// <summary>Start a failed or cancelled job of any user again; for administrators. Refused as <see cref="RetryJob"/> is.</summary>
[Message("job.retry-any.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Rpc)]
public sealed record RetryAnyJob(Guid JobId) : IRequest<Job>;
