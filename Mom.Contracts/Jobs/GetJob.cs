using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>One job of one user. Refused with <see cref="JobErrors.NotFound"/>, also when it is somebody else's.</summary>
[Message("job.get.v1", Queue = MomQueues.DbQueries, Priority = MessagePriority.Rpc)]
public sealed record GetJob(Guid JobId, Guid UserId) : IRequest<Job>;
